import { apiURL } from '../../../api/base'
import { Offline, problemOf } from '../../../api/problem'
import type { components } from '../../../api/schema'
import { accessToken } from '../../../api/session'

export type Sent = components['schemas']['Attachment']

interface Parcel {
  ws: string
  task: string
  id: string
  file: File
  onProgress: (part: number) => void
  signal: AbortSignal
}

/** Attaches a file to a task and tells how far it is, which fetch cannot. Throws Problem, Offline, SignedOut or AbortError. */
export async function sendFile(parcel: Parcel): Promise<Sent> {
  const token = await accessToken()
  const first = await put(parcel, token)
  const answer = first.status === 401 ? await put(parcel, await accessToken(token)) : first
  if (!answer.ok) throw await problemOf(answer)
  return (await answer.json()) as Sent
}

function put({ ws, task, id, file, onProgress, signal }: Parcel, token: string): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    const form = new FormData()
    form.append('id', id)
    form.append('file', file, file.name)
    request.open('POST', `${apiURL()}/workspaces/${ws}/tasks/${task}/attachments`)
    request.setRequestHeader('Authorization', 'Bearer ' + token)
    request.upload.onprogress = (e) => onProgress(e.total > 0 ? e.loaded / e.total : 0)
    request.onload = () =>
      resolve(new Response(request.responseText, { status: request.status, headers: headersOf(request) }))
    request.onerror = () => reject(new Offline('The server cannot be reached.'))
    request.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'))
    request.onloadend = () => signal.removeEventListener('abort', stop)
    if (signal.aborted) return reject(new DOMException('The upload was stopped.', 'AbortError'))
    signal.addEventListener('abort', stop)
    request.send(form)
  })
}

function headersOf(request: XMLHttpRequest): Headers {
  const headers = new Headers()
  for (const line of request.getAllResponseHeaders().trim().split(/\r?\n/)) {
    const at = line.indexOf(':')
    if (at > 0) headers.append(line.slice(0, at).trim(), line.slice(at + 1).trim())
  }
  return headers
}
