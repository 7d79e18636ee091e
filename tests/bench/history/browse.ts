import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/** An admin's browser without a screen: keeps cookies and sends forms. */
export class Visitor {
  readonly #cookies = new Map<string, string>()

  constructor(private base: string) {}

  /** Waits until the server answers. */
  async arrive() {
    for (let attempt = 0; ; attempt++) {
      try {
        await fetch(`${this.base}/health`)
        return
      } catch (error) {
        if (attempt === 300) throw error
        await sleep(100)
      }
    }
  }

  async logIn(email: string, password: string) {
    const page = await this.#request('/admin/login')
    const html = await page.text()
    const token = /name=["']_csrf["'] value=["']([^"']+)/.exec(html)?.[1]
    if (!token) throw new Error(`No form to log in by, but ${page.status}: ${html.slice(0, 500)}`)
    const body = new URLSearchParams({ _csrf: token, email, password })
    const answer = await this.#request('/admin/login', { method: 'POST', body })
    if (answer.status !== 302 || answer.headers.get('location')?.includes('login'))
      throw new Error('The login was refused')
  }

  /** Milliseconds until the whole page is there. */
  async time(path: string): Promise<number> {
    const started = performance.now()
    const answer = await this.#request(path)
    await answer.text()
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
    return performance.now() - started
  }

  async #request(path: string, init: RequestInit = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(this.base + path, { redirect: 'manual', ...init, headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(';')
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return answer
  }
}
