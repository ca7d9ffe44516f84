// The pages beside the lists: who works with which. The server refuses the others; this only spares them the link.
const centre = ['seat', 'shift_leader', 'dispatcher', 'reviewer', 'caller_back', 'supervision_officer', 'appraiser', 'leader'];
const calls = ['seat', 'shift_leader'];

const pages: { path: string; text: string; roles?: string[] }[] = [
  { path: '/intake', text: 'apply.intake', roles: ['window'] },
  { path: '/elsewhere', text: 'hallwall.elsewhere', roles: ['window', 'hall_manager'] },
  { path: '/ring-backs', text: 'work.ring_backs', roles: calls },
  { path: '/seats', text: 'work.seats', roles: ['shift_leader', 'supervision_officer', 'leader'] },
  { path: '/call-checks', text: 'work.checks', roles: ['seat', 'shift_leader', 'examiner', 'supervision_officer', 'appraiser', 'leader'] },
  { path: '/catalogue', text: 'work.catalogue', roles: ['seat', 'shift_leader', 'dispatcher', 'reviewer', 'supervision_officer', 'district_centre'] },
  { path: '/notices', text: 'work.notices', roles: centre },
  { path: '/rota', text: 'work.rota', roles: centre },
  { path: '/messages', text: 'work.messages', roles: [...centre, 'district_centre'] },
  { path: '/window', text: 'floorweb.desk', roles: ['window', 'hall_manager'] },
  { path: '/hall/plan', text: 'hallwall.plan', roles: ['hall_manager'] },
  { path: '/items', text: 'items.title', roles: ['unit_clerk', 'unit_head', 'hall_manager', 'reviewer'] },
  { path: '/just-now', text: 'work.just_now' },
];

export const pagesOf = (role: string) => pages.filter(({ roles }) => !roles || roles.includes(role));
