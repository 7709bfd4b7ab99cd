import { Outlet } from '@tanstack/react-router'

import { ErrorBoundary } from '../ui/ErrorBoundary'
import { Kit } from '../ui/Kit'
import { SignedIn } from './start/SignedIn'

export default function Root() {
  return (
    <Kit>
      <ErrorBoundary>
        <SignedIn>
          <Outlet />
        </SignedIn>
      </ErrorBoundary>
    </Kit>
  )
}
