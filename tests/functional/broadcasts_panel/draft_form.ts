import { CreateBroadcast } from '#broadcasts/actions/create_broadcast'
import app from '@adonisjs/core/services/app'
import { SYSTEM_ACTOR } from '#core/contracts/audit'

/** A draft as `New broadcast` makes it. */
export async function createDraft(title = 'Autumn stars offer') {
  const create = await app.container.make(CreateBroadcast)
  const result = await create.handle({ title, actor: SYSTEM_ACTOR })
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

type Fields = Record<string, string | number>

/** What a browser posts from the page of a fresh draft; `changes` by the names of its fields, null leaves one out. */
export function draftFields(changes: Record<string, string | number | null> = {}): Fields {
  const fields: Record<string, string | number | null> = {
    revision: 1,
    title: 'Autumn stars offer',
    category: 'offers',
    defaultLocale: 'en',
    'audience[kind]': 'all',
    'audience[customer]': '',
    'audience[add]': 'customers.active_within',
    'quiet[from]': '22:00',
    'quiet[to]': '08:00',
    sendOnceKey: '',
    'test[share]': 20,
    recurrence: 'none',
    'schedule[mode]': 'moment',
    'schedule[local]': '2030-12-01T10:00',
    previewLocale: 'en',
    previewVariant: 'A',
    previewCustomer: '',
    intent: 'save',
  }
  for (const locale of ['en', 'ru', 'uk']) {
    for (const variant of ['A', 'B']) {
      fields[`variants[${locale}][${variant}][source]`] = ''
      fields[`variants[${locale}][${variant}][format]`] = 'html'
      fields[`variants[${locale}][${variant}][mediaKey]`] = ''
    }
  }
  Object.assign(fields, { 'variants[en][A][source]': 'Only <b>this week</b>, {first_name}' }, changes)
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Fields
}
