import { lazy, Suspense } from 'react'

import MyWork from '../features/mywork/MyWork'

const FirstRun = lazy(() => import('../features/importer/FirstRun'))

/** My work, or, in a workspace without a project, how to begin. */
export default function MyWorkScreen() {
  return (
    <MyWork
      firstRun={
        <Suspense>
          <FirstRun />
        </Suspense>
      }
    />
  )
}
