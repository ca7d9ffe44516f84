// The administrators' desk: which of its pages are whose. Three hands, none of which does it all (docs/access.md); what one may
// is decided by the server, page by page.
export const parts = {
  units: ['system_admin', 'security_admin'],
  people: ['security_admin', 'system_admin', 'audit_admin'],
  keys: ['security_admin'],
  lists: ['system_admin'],
  rulebooks: ['system_admin'],
  calendar: ['system_admin'],
  guides: ['system_admin'],
  journal: ['audit_admin'],
  exports: ['system_admin', 'security_admin', 'audit_admin'],
  acts: ['system_admin', 'security_admin', 'audit_admin'],
} as const satisfies Record<string, readonly string[]>;
export type Part = keyof typeof parts;

const first: Record<string, Part> = { security_admin: 'people', audit_admin: 'journal' };
export const partsOf = (role: string): Part[] => (Object.keys(parts) as Part[]).filter((part) => (parts[part] as readonly string[]).includes(role));
export const administers = (role: string) => partsOf(role).length > 0;
export const firstPart = (role: string) => `/admin/${first[role] ?? 'units'}`;
