import { Outlet } from '@tanstack/react-router'

export default function Workspace() {
  return <Outlet />
}
