import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'

import { basePath } from '../api/base'
import { boardSearch, taskPanelSearch } from '../lists/search'

// The table of contents of the app: every screen, its address and its chunk. Screens that show lists take ?task=WEB-12,
// which opens that task beside the list.

const root = createRootRoute({ component: lazyRouteComponent(() => import('./Root')) })
const at = <P extends string>(path: P, load: Parameters<typeof lazyRouteComponent>[0]) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) })

const home = at('/', () => import('./Home'))
const newWorkspace = at('/new', () => import('../features/workspace/NewWorkspace'))
const account = at('/account', () => import('../features/account/Account'))
const accountSection = at('/account/$section', () => import('../features/account/Account'))

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/$workspace',
  validateSearch: taskPanelSearch,
  component: lazyRouteComponent(() => import('./Workspace')),
})
const within = <P extends string>(path: P, load: Parameters<typeof lazyRouteComponent>[0]) =>
  createRoute({ getParentRoute: () => workspace, path, component: lazyRouteComponent(load) })

const tree = root.addChildren([
  home,
  newWorkspace,
  account,
  accountSection,
  workspace.addChildren([
    createRoute({
      getParentRoute: () => workspace,
      path: '/',
      beforeLoad: ({ params }) => {
        throw redirect({ to: '/$workspace/my', params })
      },
    }),
    within('/my', () => import('./MyWorkScreen')),
    createRoute({
      getParentRoute: () => workspace,
      path: '/p/$project',
      validateSearch: boardSearch,
      component: lazyRouteComponent(() => import('../features/board/ProjectScreen')),
    }),
    within('/p/$project/settings', () => import('../features/project/ProjectSettings')),
    createRoute({
      getParentRoute: () => workspace,
      path: '/v/$view',
      validateSearch: boardSearch,
      component: lazyRouteComponent(() => import('../features/board/ViewScreen')),
    }),
    createRoute({
      getParentRoute: () => workspace,
      path: '/all',
      validateSearch: boardSearch,
      component: lazyRouteComponent(() => import('../features/board/AllScreen')),
    }),
    within('/t/$task', () => import('../features/task/TaskPage')),
    createRoute({
      getParentRoute: () => workspace,
      path: '/search',
      validateSearch: (s: Record<string, unknown>): { q?: string } => (typeof s.q === 'string' ? { q: s.q } : {}),
      component: lazyRouteComponent(() => import('../features/search/SearchScreen')),
    }),
    createRoute({
      getParentRoute: () => workspace,
      path: '/dashboard',
      validateSearch: (s: Record<string, unknown>): { project?: string } =>
        typeof s.project === 'string' ? { project: s.project } : {},
      component: lazyRouteComponent(() => import('../features/dashboard/Dashboard')),
    }),
    within('/trash', () => import('../features/trash/Trash')),
    within('/import', () => import('../features/importer/Importer')),
    within('/settings', () => import('../features/workspace/WorkspaceSettings')),
    within('/settings/$section', () => import('../features/workspace/WorkspaceSettings')),
  ]),
])

export function makeRouter() {
  return createRouter({ routeTree: tree, basepath: basePath(), defaultPreload: 'intent', scrollRestoration: true })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
