import type { ServerResponse } from 'node:http'

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string | number> = {}
): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...headers,
  })
  response.end(text)
}

export function sendBytes(response: ServerResponse, data: Buffer, headers: Record<string, string>, status = 200): void {
  response.writeHead(status, { 'Content-Length': data.length, 'X-Content-Type-Options': 'nosniff', ...headers })
  response.end(data)
}
