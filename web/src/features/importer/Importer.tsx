export default function Importer() {
  return null
}
