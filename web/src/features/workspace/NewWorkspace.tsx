export default function NewWorkspace() {
  return null
}
