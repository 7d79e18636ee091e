/** Speaks to the control API of a sandbox as a bench in another process would. */
export class Control {
  constructor(readonly url: string) {}

  get = (path: string) => this.#call('GET', path)
  post = (path: string, body?: object) => this.#call('POST', path, body)
  put = (path: string, body: object) => this.#call('PUT', path, body)
  patch = (path: string, body: object) => this.#call('PATCH', path, body)
  delete = (path: string) => this.#call('DELETE', path)

  async answer(verb: string, path: string, body?: object): Promise<{ status: number; body: any }> {
    const response = await fetch(`${this.url}/sandbox${path}`, {
      method: verb,
      headers: { 'Content-Type': 'application/json' },
      body: body && JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() }
  }

  async #call(verb: string, path: string, body?: object): Promise<any> {
    const answer = await this.answer(verb, path, body)
    if (answer.status !== 200) throw new Error(answer.body.error)
    return answer.body
  }
}
