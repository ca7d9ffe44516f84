// Addresses of the desks. What is shown is in the address, so that it can be sent to a colleague.
import { createRouter, createWebHistory } from 'vue-router';
import { homeOf } from './desks';
import { me, role } from './me';

export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes: [
    { path: '/sign-in', name: 'sign-in', component: () => import('./SignIn.vue') },
    { path: '/', name: 'home', redirect: () => homeOf(role()) },
    { path: '/seat', name: 'seat', component: () => import('@/seat/SeatDesk.vue') },
    { path: '/wall', name: 'wall', component: () => import('@/wall/WallDesk.vue') },
    { path: '/hall', name: 'hall', component: () => import('@/wall/HallDesk.vue') },
    { path: '/hall/cases', name: 'hall-cases', component: () => import('@/wall/HallCases.vue') },
    { path: '/months/:month(\\d{4}-\\d{2})?', name: 'months', component: () => import('@/report/MonthsDesk.vue') },
    { path: '/brief', name: 'brief', component: () => import('@/report/BriefDesk.vue') },
    { path: '/brief/matters', name: 'brief-matters', component: () => import('@/report/BriefMatters.vue') },
    { path: '/supervision', name: 'supervision', component: () => import('@/report/SupervisionDesk.vue') },
    { path: '/calls', name: 'calls', component: () => import('@/report/CallsDay.vue') },
    { path: '/handovers', name: 'handovers', component: () => import('@/report/HandoverDesk.vue') },
    { path: '/q/:list/:id?', name: 'list', component: () => import('./QueueDesk.vue') },
    { path: '/find/:id?', name: 'find', component: () => import('./FindDesk.vue') },
    { path: '/m/:id', name: 'matter', component: () => import('./MatterDesk.vue') },
    { path: '/admin/rulebooks', name: 'rulebooks', component: () => import('@/rulebook/RulebookList.vue') },
    { path: '/admin/rulebooks/:name', name: 'rulebook', component: () => import('@/rulebook/RulebookDesk.vue') },
    { path: '/admin/units', component: () => import('@/admin/UnitsPage.vue') },
    { path: '/admin/people', component: () => import('@/admin/PeoplePage.vue') },
    { path: '/admin/keys', component: () => import('@/admin/KeysPage.vue') },
    { path: '/admin/lists', component: () => import('@/admin/ListsPage.vue') },
    { path: '/catalogue', name: 'catalogue', component: () => import('@/admin/ListsPage.vue') },
    { path: '/admin/calendar', component: () => import('@/admin/CalendarPage.vue') },
    { path: '/admin/guides', component: () => import('@/admin/GuidesPage.vue') },
    { path: '/admin/journal', component: () => import('@/admin/JournalPage.vue') },
    { path: '/admin/exports', component: () => import('@/admin/ExportsPage.vue') },
    { path: '/admin/acts', component: () => import('@/admin/ActsPage.vue') },
    { path: '/just-now', name: 'just-now', component: () => import('@/daily/JustNow.vue') },
    { path: '/ring-backs', name: 'ring-backs', component: () => import('@/daily/RingBacks.vue') },
    { path: '/seats', name: 'seats', component: () => import('@/daily/SeatBoard.vue') },
    { path: '/notices', name: 'notices', component: () => import('@/daily/NoticesPage.vue') },
    { path: '/rota', name: 'rota', component: () => import('@/daily/RotaPage.vue') },
    { path: '/messages', name: 'messages', component: () => import('@/daily/MessagesPage.vue') },
    { path: '/call-checks', name: 'call-checks', component: () => import('@/daily/CallChecks.vue') },
    { path: '/intake/:item?', name: 'intake', component: () => import('@/hall/apply/IntakePage.vue') },
    { path: '/elsewhere', name: 'elsewhere', component: () => import('@/hall/apply/ElsewherePage.vue') },
    { path: '/hall/plan', name: 'hall-plan', component: () => import('@/floor/HallPlan.vue') },
    { path: '/window', name: 'window', component: () => import('@/floor/WindowDesk.vue') },
    { path: '/items', name: 'items', component: () => import('@/items/ItemsDesk.vue') },
    { path: '/items/history/:code', name: 'item-history', component: () => import('@/items/ItemHistory.vue') },
    { path: '/items/:id', name: 'item', component: () => import('@/items/ItemEditor.vue') },
    { path: '/password', name: 'password', component: () => import('./OwnPassword.vue') },
    { path: '/none', name: 'none', component: () => import('./NothingHere.vue'), props: { noDesk: true } },
    { path: '/:rest(.*)*', name: 'nothing', component: () => import('./NothingHere.vue') },
  ],
});

router.beforeEach((to) => {
  if (!me.session && to.name !== 'sign-in') return { name: 'sign-in', query: { to: to.fullPath } };
  return true;
});
