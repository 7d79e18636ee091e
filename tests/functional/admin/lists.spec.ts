import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { CAPPED_AT } from '#admin/shared/format'
import { defineList } from '#admin/shared/list'
import { choice, equalsNumber, identifier, since, startsWith, yesNo } from '#admin/shared/list_filters'
import { csvOf } from '#admin/shared/list_csv'
import { ListPage } from '#admin/shared/list_page'
import { readSelection } from '#admin/shared/selection'
import { CustomerFactory } from '#database/factories/customer_factory'
import { resetDatabase } from '#tests/support/database'

const NOW = Date.UTC(2026, 5, 1)
const DAY = 86_400_000

const list = defineList<{ id: number; first_name: string }>({
  name: 'people',
  id: 'customers.id',
  query: () => db.from('customers').select('customers.*'),
  search: [startsWith('customers', 'search_name'), equalsNumber('customers', 'telegram_id')],
  filters: {
    language: choice(['en', 'uk'], (query, language) => query.where('language', language)),
    banned: yesNo(
      (query) => query.whereNotNull('banned_at'),
      (query) => query.whereNull('banned_at')
    ),
    joined: since('customers.created_at'),
    referrer: identifier((query, id) => query.where('referrer_id', id)),
  },
  sorts: { name: 'customers.search_name', joined: 'customers.created_at' },
  defaultSort: '-joined',
  csv: { id: (row) => row.id, name: (row) => row.first_name },
})

const read = (qs: Record<string, unknown>) => ListPage.read(list, '/people', qs, NOW)
const idsOf = ({ rows }: ListPage<{ id: number }>) => rows.map(({ id }) => id)

const named = (name: string, more = {}) =>
  CustomerFactory.merge({
    firstName: name,
    lastName: null,
    searchName: name.toLowerCase(),
    createdAt: NOW,
    ...more,
  }).create()

async function csv(qs: Record<string, unknown>) {
  const chunks = await csvOf(list, list.state(qs), NOW).toArray()
  return chunks.join('')
}

test.group('Lists', (group) => {
  group.each.setup(() => resetDatabase())

  test('pages of 25, the newest first, ties in order of id', async ({ assert }) => {
    const customers = await CustomerFactory.merge({ createdAt: NOW }).createMany(30)
    const newestFirst = customers.map(({ id }) => id).reverse()

    const [first, second] = [await read({}), await read({ page: '2' })]

    assert.deepEqual(idsOf(first), newestFirst.slice(0, 25))
    assert.deepEqual(idsOf(second), newestFirst.slice(25))
    assert.deepEqual([second.from, second.to, second.total], [26, 30, { value: 30, capped: false }])
    assert.equal(first.lastPage, 2)
  })

  test('what the URL holds never fails: {$self}')
    .with([
      'page=-1',
      'page=0',
      'page=1e9',
      'page=999999',
      'page=99999999999999999999',
      'page[]=2',
      'sort=evil',
      'sort=customers.id;drop',
      'sort=__proto__',
      'sort=constructor',
      'sort[x]=name',
      'language=xx',
      'language[]=en',
      'joined=1y',
      'referrer=1%27',
      'referrer=99999999999999999999',
      'q[]=a',
      'q=%25',
      'q=%5C_%27%22',
      'q=9223372036854775808',
      'q=%ED%A0%80',
      'q=a%00b',
      'unknown=1',
    ])
    .run(async ({ assert }, query) => {
      await named('Ann')
      const qs = Object.fromEntries(
        [...new URLSearchParams(query)].map(([name, value]) =>
          name.includes('[') ? [name.slice(0, name.indexOf('[')), [value]] : [name, value]
        )
      )
      const page = await read(qs)
      assert.equal(page.page, 1)
      assert.equal(page.sort, '-joined')
      assert.lengthOf(page.rows, query.startsWith('q=') ? 0 : 1)
    })

  test('a text that can be nothing of what is searched finds nothing', async ({ assert }) => {
    await named('Ann')
    const numbers = defineList({ ...list.definition, search: [equalsNumber('customers', 'telegram_id')] })
    const page = await ListPage.read(numbers, '/people', { q: 'ann' }, NOW)
    assert.lengthOf(page.rows, 0)
  })

  test('a search is cut at 100 characters', async ({ assert }) => {
    const page = await read({ q: 'a'.repeat(5000) })
    assert.lengthOf(page.q, 100)
  })

  test('finds by the start of a name, in any case, and by a number written with spaces', async ({ assert }) => {
    const olena = await named('Olena', { telegramId: 482_910_334 })
    await named('Holena')

    assert.deepEqual(idsOf(await read({ q: ' OLE' })), [olena.id])
    assert.deepEqual(idsOf(await read({ q: '482 910 334' })), [olena.id])
    assert.deepEqual(idsOf(await read({ q: 'o_ena' })), [])
  })

  test('finds beyond the Latin alphabet', async ({ assert }) => {
    const customer = await named('Олена')
    assert.deepEqual(idsOf(await read({ q: 'Оле' })), [customer.id])
  })

  test('filters narrow together', async ({ assert }) => {
    const wanted = await named('A', { language: 'uk', bannedAt: 1, createdAt: NOW - 6 * DAY })
    await named('B', { language: 'uk', createdAt: NOW - 6 * DAY })
    await named('C', { language: 'en', bannedAt: 1, createdAt: NOW - 6 * DAY })
    await named('D', { language: 'uk', bannedAt: 1, createdAt: NOW - 8 * DAY })

    const page = await read({ language: 'uk', banned: 'yes', joined: '7d' })

    assert.deepEqual(idsOf(page), [wanted.id])
    assert.isTrue(page.isNarrowed)
  })

  test('links keep search, filters and sort; sorting again turns it round', async ({ assert }) => {
    const page = await read({ q: 'ann', language: 'en', sort: 'name', page: '3' })

    assert.equal(page.url({ page: 2 }), '/people?q=ann&language=en&sort=name&page=2')
    assert.equal(page.sortUrl('name'), '/people?q=ann&language=en&sort=-name')
    assert.equal(page.sortUrl('joined'), '/people?q=ann&language=en&sort=joined')
    assert.equal(page.csvUrl, '/people?q=ann&language=en&sort=name&format=csv')
  })

  test('counting stops at a cap', async ({ assert }) => {
    const template = await CustomerFactory.make()
    const row = { ...template.serialize(), language_chosen: false }
    const total = CAPPED_AT + 50
    for (let from = 0; from < total; from += 500) {
      const batch = Array.from({ length: 500 }, (_, i) => from + i)
      await db
        .table('customers')
        .multiInsert(
          batch.filter((i) => i < total).map((i) => ({ ...toRow(row), telegram_id: i + 1, referral_code: `c${i}` }))
        )
    }

    const page = await read({ page: '400' })

    assert.deepEqual(page.total, { value: CAPPED_AT, capped: true })
    assert.equal(page.lastPage, 400)
    assert.lengthOf(page.rows, 25)
    const lines = await csv({})
    assert.lengthOf(lines.trim().split('\n'), total + 1)
    const broad = await csv({ q: template.searchName, language: template.language })
    assert.equal(broad, lines)
    assert.equal(await csv({ q: template.searchName, language: 'uk' }), '\uFEFFid,name\n')
    const searched = await read({ q: template.searchName })
    assert.isTrue(searched.total.capped)
  })

  test('the CSV holds exactly what is filtered, whatever page is open', async ({ assert }) => {
    const [ann, anna] = [await named('Ann'), await named('Anna')]
    await named('Bob')

    const text = await csv({ q: 'ann', page: '7' })

    assert.equal(text, `\uFEFFid,name\n${ann.id},Ann\n${anna.id},Anna\n`)
  })

  test('a cell that a spreadsheet would run is text', async ({ assert }) => {
    const customer = await named('=HYPERLINK("http://evil")')
    assert.include(await csv({}), `${customer.id},"'=HYPERLINK(""http://evil"")"`)
  })

  test('a negative number is a number, and what only begins like one is text', async ({ assert }) => {
    const [amount, formula] = [await named('-300.00'), await named('-1+2')]
    const text = await csv({})
    assert.include(text, `${amount.id},-300.00\n`)
    assert.include(text, `${formula.id},'-1+2\n`)
  })

  test('a bulk action takes the named rows, each once', async ({ assert }) => {
    const chosen = { ids: [3, 5], isCut: false }
    assert.deepEqual(await readSelection(list, { ids: ['3', '5', '3', 'x', '-1'] }, NOW), chosen)
    assert.deepEqual(await readSelection(list, { ids: '3,5' }, NOW), chosen)
    assert.deepEqual(await readSelection(list, { ids: { 0: '3', 25: '5' } }, NOW), chosen)
    assert.deepEqual(await readSelection(list, {}, NOW), { ids: [], isCut: false })
  })

  test('a bulk action can take all that match', async ({ assert }) => {
    const [ann, anna] = [await named('Ann'), await named('Anna')]
    await named('Bob')
    const { ids } = await readSelection(list, { all: '1', q: 'ann', sort: 'name', ids: '77' }, NOW)
    assert.deepEqual(ids, [ann.id, anna.id])
  })
})

function toRow(row: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value])
  )
}
