import type { ApiScope } from '#staff/api_keys/scopes'
import { ENTRY_STATUSES } from '#raffles/values'
import { MOST_ROWS } from '#api/integration/listing'
import { fieldsOf, type schemas } from '#api/integration/openapi/schemas'

type SchemaName = keyof typeof schemas

const ref = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` })
const answered = (description: string, name: SchemaName) => ({
  description,
  content: { 'application/json': { schema: ref(name) } },
})
const refused = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
})

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds', schema: { type: 'integer' } } }

/** What every route may answer to any key. */
const ALWAYS = {
  '401': refused('No key, or one that does not open'),
  '403': refused('The key lacks the scope, or may not come from this address'),
  '429': { ...refused('More than 100 requests within a minute'), headers: RETRY_AFTER },
}

const TG_ID = { name: 'tg_id', in: 'path', required: true, schema: ref('TgId') }
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}
const CUSTOMER = { required: true, content: { 'application/json': { schema: ref('Customer') } } }

const paged = (row: 'Entry' | 'Winner') => [
  { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1 } },
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: MOST_ROWS } },
  {
    name: 'fields',
    in: 'query',
    explode: false,
    schema: { type: 'array', items: { type: 'string', enum: fieldsOf(row) } },
  },
]

const READ: ApiScope[] = ['raffle.read']

interface Operation {
  id: string
  summary: string
  scopes: ApiScope[]
  parameters?: object[]
  requestBody?: object
  responses: Record<string, object>
}

const operation = ({ id, scopes, responses, ...rest }: Operation) => ({
  operationId: id,
  ...rest,
  description: `Scope: ${scopes.join(' or ')}`,
  responses: { ...responses, ...ALWAYS },
})

const post = ({ parameters = [], responses, ...rest }: Operation) =>
  operation({
    ...rest,
    parameters: [...parameters, IDEMPOTENCY_KEY],
    responses: {
      ...responses,
      '409': refused('It can’t be done as things stand, or a request with this key is being worked on'),
      '422': refused('Fields are wrong, or the Idempotency-Key names another request'),
      '503': { ...refused('Switched off, or the chain can’t be asked'), headers: RETRY_AFTER },
    },
  })

export const paths = {
  '/api/openapi.json': {
    get: {
      operationId: 'openapi',
      summary: 'This document',
      security: [],
      responses: { '200': { description: 'OpenAPI 3.1', content: { 'application/json': {} } } },
    },
  },
  '/api/wallet/generate': {
    post: post({
      id: 'generateWallet',
      summary: 'Makes a customer’s wallet, or tells the one there is',
      scopes: ['wallet'],
      requestBody: CUSTOMER,
      responses: { '200': answered('The wallet; its key is never told', 'Wallet'), '404': refused('No such customer') },
    }),
  },
  '/api/wallet/balance/{tg_id}': {
    get: operation({
      id: 'walletBalance',
      summary: 'What a customer’s wallet holds',
      scopes: ['wallet'],
      parameters: [TG_ID],
      responses: {
        '200': answered('The balance', 'Balance'),
        '404': refused('No such customer, or no wallet'),
        '422': refused('The id is wrong'),
      },
    }),
  },
  '/api/raffle/enter': {
    post: post({
      id: 'enterRaffle',
      summary: 'Enters a customer into the current round',
      scopes: ['raffle.enter'],
      requestBody: CUSTOMER,
      responses: {
        '202': answered('On its way: follow the entry', 'EntryAccepted'),
        '404': refused('No such customer'),
      },
    }),
  },
  '/api/raffle/status': {
    get: operation({
      id: 'raffleStatus',
      summary: 'How the current round stands',
      scopes: READ,
      responses: { '200': answered('The round; null while there is none', 'RaffleStatus') },
    }),
  },
  '/api/raffle/entries': {
    get: operation({
      id: 'listEntries',
      summary: 'Entries of customers, newest first',
      scopes: READ,
      parameters: [
        { name: 'tg_id', in: 'query', schema: ref('TgId') },
        { name: 'status', in: 'query', schema: { type: 'string', enum: ENTRY_STATUSES } },
        ...paged('Entry'),
      ],
      responses: {
        '200': answered('A page of them', 'Entries'),
        '404': refused('No such customer'),
        '422': refused('Fields are wrong'),
      },
    }),
  },
  '/api/raffle/entries/{id}': {
    get: operation({
      id: 'showEntry',
      summary: 'How an entry goes',
      scopes: ['raffle.read', 'raffle.enter'],
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { '200': answered('The entry', 'EntryFound'), '404': refused('No such entry') },
    }),
  },
  '/api/raffle/winners': {
    get: operation({
      id: 'listWinners',
      summary: 'Rounds that are over, newest first',
      scopes: READ,
      parameters: paged('Winner'),
      responses: { '200': answered('A page of them', 'Winners'), '422': refused('Fields are wrong') },
    }),
  },
  '/api/raffle/draw': {
    post: post({
      id: 'drawRaffle',
      summary: 'Has the current round drawn',
      scopes: ['raffle.draw'],
      responses: { '202': answered('On its way', 'DrawAccepted') },
    }),
  },
  '/api/user/stats/{tg_id}': {
    get: operation({
      id: 'customerStats',
      summary: 'A customer’s part in the raffle',
      scopes: READ,
      parameters: [TG_ID],
      responses: {
        '200': answered('Their figures', 'CustomerStats'),
        '404': refused('No such customer'),
        '422': refused('The id is wrong'),
      },
    }),
  },
}
