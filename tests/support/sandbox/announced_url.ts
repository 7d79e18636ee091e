import { once } from 'node:events'

/** Where `sandbox:serve` says that it listens. */
export async function announcedUrl(stdout: NodeJS.ReadableStream): Promise<string> {
  let output = ''
  for (;;) {
    const [chunk] = (await once(stdout, 'data')) as [Buffer]
    output += chunk.toString()
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]
    if (url) return url
  }
}
