export default function ViewScreen() {
  return null
}
