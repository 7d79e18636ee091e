import { VERSION } from '#system/version'
import { paths } from '#api/integration/openapi/paths'
import { schemas } from '#api/integration/openapi/schemas'

const TEXT = `Amounts are decimals as text. Moments are ISO 8601 in UTC. Compare addresses without regard to case. More fields may come; none goes.

**Keys** are made in the panel. 100 requests a minute each; above that 429 with Retry-After.

**Idempotency-Key** on any POST: the same request under the same key has one effect and one answer, for 24 hours.
409 while it is being worked on, 422 when it names another request. After a time-out or a 5xx ask again with the same key.

**Webhooks** are signed as https://www.standardwebhooks.com says: headers webhook-id, webhook-timestamp, webhook-signature.
For 24 hours after its secret was replaced, webhook-signature carries two signatures, separated by a space: the new one's and the old one's.
Answer 2xx within 10 seconds. What fails is told again, nine times within about a day.
Events come in their order: one that is not taken keeps back the later ones of its key until it is taken or given up. A replay comes late.`

const EVENT_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature']

const webhook = (name: 'EntryConfirmed' | 'WinnerPicked') => ({
  post: {
    summary: schemas[name].description,
    parameters: EVENT_HEADERS.map((header) => ({
      name: header,
      in: 'header',
      required: true,
      schema: { type: 'string' },
    })),
    requestBody: { content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } },
    responses: { '204': { description: 'Taken' } },
  },
})

/** The API's description: OpenAPI 3.1. A test holds it against the routes and their answers. */
export const openapi = {
  openapi: '3.1.0',
  info: { title: 'Kontora', version: VERSION, description: TEXT },
  servers: [{ url: '/' }],
  security: [{ key: [] }],
  paths,
  webhooks: {
    'raffle.entry_confirmed': webhook('EntryConfirmed'),
    'raffle.winner_picked': webhook('WinnerPicked'),
  },
  components: {
    securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'kontora_XXXXXXXX_...' } },
    schemas,
  },
}
