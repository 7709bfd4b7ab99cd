export default function ProjectSettings() {
  return null
}
