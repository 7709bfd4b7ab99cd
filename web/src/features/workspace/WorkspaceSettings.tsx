export default function WorkspaceSettings() {
  return null
}
