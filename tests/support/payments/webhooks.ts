import { createHash, createHmac } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { once } from 'node:events'

export const CRYPTO_TOKEN = '10001:AAfixture-token-of-no-app'
export const HELEKET_KEY = 'fixture-payment-key-of-no-merchant'

/** A webhook of Crypto Pay about one invoice, signed. */
export function cryptoWebhook(invoiceId: string, reference: string, token = CRYPTO_TOKEN) {
  const payload = { invoice_id: Number(invoiceId), status: 'paid', payload: reference, amount: '10', asset: 'TON' }
  const body = JSON.stringify({
    update_id: 1,
    update_type: 'invoice_paid',
    request_date: '2026-06-01T12:00:00Z',
    payload,
  })
  const key = createHash('sha256').update(token).digest()
  return { body, signature: createHmac('sha256', key).update(body).digest('hex') }
}

/** POSTs bytes as they stand to this suite's server. */
export async function postRaw(path: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const { HOST, PORT } = process.env
  const request = httpRequest({
    host: HOST,
    port: PORT,
    path,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  })
  request.end(body)
  const [response] = await once(request, 'response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return { status: response.statusCode as number, text: Buffer.concat(chunks).toString() }
}
