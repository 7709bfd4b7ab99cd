export default function MyWork() {
  return null
}
