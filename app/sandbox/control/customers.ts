import { isObject } from '#sandbox/api/params'
import { chatIdOf, route, type ControlHandler } from '#sandbox/control/route'
import { ControlError } from '#sandbox/errors'
import type { CustomerRange, NewCustomer } from '#sandbox/state/customers'
import type { NewGroup } from '#sandbox/state/groups'

const show: ControlHandler = ({ world, path }) => {
  const customer = world.customers.find(chatIdOf(path))
  if (!customer) throw new ControlError(404, `The sandbox knows no customer ${path.id}.`)
  return customer
}

/** One customer, or many in `customers`. */
const create: ControlHandler = ({ world, params }) => {
  const list = params.json('customers', 'customers is not JSON')
  if (list === undefined) return world.customers.save(fields(params.values))
  if (!Array.isArray(list)) throw new ControlError(422, '"customers" is a list.')
  for (const item of list) world.customers.save(fields(item))
  world.live.emit({ type: 'reset' })
  return { created: list.length }
}

const change: ControlHandler = ({ world, path, params }) => {
  const customer = world.customers.get(chatIdOf(path))
  const saved = world.customers.save({ ...fields(params.values), id: customer.id })
  world.live.emit({ type: 'chat', chatId: customer.id })
  return saved
}

const addRange: ControlHandler = ({ world, params }) => {
  const range = params.values as unknown as CustomerRange
  world.customers.addRange(range)
  return range
}

const createGroup: ControlHandler = ({ world, params }) => {
  const { chat, botStatus } = world.groups.save(params.values as unknown as NewGroup)
  world.live.emit({ type: 'chat', chatId: chat.id })
  return { ...chat, bot_status: botStatus }
}

const TEXTS = ['first_name', 'last_name', 'username', 'language_code', 'bio'] as const
const FLAGS = ['started', 'blocked', 'deactivated', 'listed'] as const

function fields(value: unknown): NewCustomer {
  if (!isObject(value)) throw new ControlError(422, 'A customer is an object.')
  const customer: NewCustomer = {}
  if (value.id !== undefined) customer.id = Number(value.id)
  for (const name of TEXTS) if (typeof value[name] === 'string') customer[name] = value[name]
  if (value.stars !== undefined) customer.stars = stars(value.stars)
  for (const name of FLAGS) if (typeof value[name] === 'boolean') customer[name] = value[name]
  return customer
}

function stars(value: unknown): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number) || number < 0) throw new ControlError(422, '"stars" is a number from 0.')
  return number
}

export const customerRoutes = [
  route('POST', '/sandbox/customers', create),
  route('POST', '/sandbox/customers/range', addRange),
  route('GET', '/sandbox/customers/:id', show),
  route('PATCH', '/sandbox/customers/:id', change),
  route('POST', '/sandbox/groups', createGroup),
]
