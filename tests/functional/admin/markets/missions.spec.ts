import { test } from '@japa/runner'
import { ClaimMission } from '#markets/actions/claim_mission'
import type { Actor } from '#core/contracts/audit'
import Mission from '#markets/models/mission'
import { accepted } from '#tests/support/ledger'
import { BettorsWorld } from '#tests/support/markets/bettors_world'
import { problemAt } from '#tests/support/problem_at'
import { createAdmin, loginAs } from '#tests/support/staff'
import { csvLines } from '#tests/support/csv'

const PATH = '/admin/missions'
const CUSTOMER: Actor = { type: 'customer', id: 1, name: 'Olena' }

const FORM = {
  ...{
    missionCode: 'tech_fan',
    condition: 'bets_in_category',
    parameter_category: 'tech',
    target: '3',
    reward: '1 700',
  },
  ...{ emoji: '💻', title_en: 'Tech fan', title_uk: 'Технолог', description_en: 'Bet on tech', isActive: 'on' },
}

test.group('Missions in the panel', (group) => {
  const world = new BettorsWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const claim = async (customerId: number, code: string) => {
    const action = await world.make(ClaimMission)
    const key = `test:${customerId}:${code}`
    return accepted(await action.handle({ customerId, mission: { code }, key, actor: CUSTOMER }))
  }

  test('the list says what each counts, how many are where, and what was paid', async ({ client, assert }) => {
    const [olena, petro] = [await world.customer(), await world.customer()]
    await world.bet(await world.market(), olena.id)
    await world.bet(await world.market(), petro.id)
    await claim(olena.id, 'FIRST_BET')

    const admin = await createAdmin({ role: 'read-only' })
    const page = await loginAs(client.get(PATH), admin)
    const text = page.text().replaceAll('\u202F', ' ').replace(/\s+</g, '<')
    const sentences = [
      'Place 1 bet<',
      'Place 1 bet in crypto',
      'Stake 1 000 PRED or more in 1 bet',
      'Win 3 bets in a row',
    ]
    sentences.push('Reach the Gold rank (26 wins)', 'Come by on 7 days', 'Stake 100 000 PRED in all')
    const totals = ['of 19 missions', 'by 1 completed mission', 'for 1 claim', 'transfers?kind=mission_reward']
    for (const each of [...sentences, ...totals]) assert.include(text, each)
    assert.notInclude(page.text(), 'New mission')

    const lines = csvLines(await loginAs(client.get(PATH).qs({ format: 'csv' }), admin))
    assert.equal(lines[0], 'code,title,condition,target,reward,active,on_the_way,to_claim,claimed,promised,paid')
    assert.equal(lines[1], 'FIRST_BET,First bet,Place 1 bet,1,500.00,yes,0,1,1,500.00,500.00')
    assert.include(lines[2], ',5,1000.00,yes,2,0,0,0.00,0.00')
    const ranks = csvLines(await loginAs(client.get(PATH).qs({ format: 'csv', condition: 'rank' }), admin))
    assert.lengthOf(ranks, 5)
    const found = csvLines(await loginAs(client.get(PATH).qs({ format: 'csv', q: 'volume_1' }), admin))
    assert.deepEqual(
      found.slice(1).map((line) => line.split(',')[0]),
      ['VOLUME_10K', 'VOLUME_100K']
    )
  })

  test('without missions the list says what they are', async ({ client, assert }) => {
    await Mission.query().delete()
    const page = await loginAs(client.get(PATH), await createAdmin())
    assert.include(page.text(), 'No missions yet')
  })

  test('a new one is made in two steps, with a form for what it counts', async ({ client, assert }) => {
    const admin = await createAdmin({ role: 'manager' })
    const choice = await loginAs(client.get(`${PATH}/create`), admin)
    assert.include(choice.text(), '?condition=bets_in_category')
    const form = await loginAs(client.get(`${PATH}/create`).qs({ condition: 'bets_in_category' }), admin)
    assert.include(form.text(), 'name="parameter_category"')
    assert.notInclude(form.text(), 'name="parameter_rank"')

    const response = await loginAs(client.post(PATH).form(FORM).redirects(0), admin)
    response.assertFlashMessage('success', 'The mission is added. Customers see it at the end of the list.')
    const mission = await Mission.findByOrFail('code', 'TECH_FAN')
    assert.containSubset(mission, { target: 3, reward: 170_000n, position: 20, isActive: true })
    assert.deepEqual(mission.parameters, { category: 'tech' })
    assert.deepEqual(mission.titles, { en: 'Tech fan', uk: 'Технолог' })
    assert.equal(response.header('location'), `${PATH}/${mission.id}`)
    const audit = await loginAs(client.get('/admin/audit'), admin)
    assert.include(audit.text(), 'Added a mission')
    assert.include(audit.text(), `${PATH}/${mission.id}"`)
  })

  test('{field}: what is wrong is told at its field and what was typed stays')
    .with([
      { field: 'missionCode', form: { missionCode: 'tech fan' }, says: 'capital letters' },
      { field: 'missionCode', form: { missionCode: 'FIRST_BET' }, says: 'Another mission has this code' },
      { field: 'target', form: { target: 'many' }, says: 'whole number from 1' },
      { field: 'target', form: { target: '2.5' }, says: 'whole number from 1' },
      { field: 'reward', form: { reward: '0' }, says: 'above zero' },
      { field: 'reward', form: { reward: '1,000' }, says: 'may mean two things' },
      { field: 'emoji', form: { emoji: '' }, says: 'one emoji' },
      { field: 'title_en', form: { title_en: '' }, says: 'title in English' },
      { field: 'title_uk', form: { title_uk: 'x'.repeat(61) }, says: '60 characters' },
      { field: 'description_en', form: { description_en: '' }, says: 'Describe the mission' },
      { field: 'description_ru', form: { description_ru: 'x'.repeat(301) }, says: '300 characters' },
      { field: 'parameter_category', form: { parameter_category: 'gardening' }, says: 'Choose a category' },
      {
        field: 'parameter_min',
        form: { condition: 'single_stake', parameter_min: '0.5' },
        says: 'whole number of PRED',
      },
    ])
    .run(async ({ client, assert }, { field, form, says }) => {
      const admin = await createAdmin()
      const response = await loginAs(
        client
          .post(PATH)
          .form({ ...FORM, ...form })
          .redirects(0),
        admin
      )
      assert.include(problemAt(response, field), says)
      assert.equal(response.flashMessage('title_en'), { ...FORM, ...form }.title_en || null)
      assert.equal(response.flashMessage('missionCode'), { ...FORM, ...form }.missionCode)
      assert.isNull(await Mission.findBy('code', 'TECH_FAN'))
    })

  test('one is edited; who has seen an older one is told', async ({ client, assert }) => {
    const admin = await createAdmin()
    const mission = await Mission.findByOrFail('code', 'DAILY_ACTIVE')
    const put = (form: object) =>
      loginAs(client.post(`${PATH}/${mission.id}?_method=PUT`).form(form).redirects(0), admin)
    const { isActive, ...off } = FORM
    const done = await put({ ...off, revision: 1, parameter_in_a_row: 'on', title_en: 'Every day' })
    done.assertFlashMessage('success', 'The mission is saved.')
    await mission.refresh()
    assert.deepEqual(
      [mission.parameters, mission.isActive, mission.titleIn('en')],
      [{ in_a_row: true }, false, 'Every day']
    )
    const stale = await put({ ...FORM, revision: 1 })
    stale.assertFlashMessage(
      'error',
      'Somebody else has changed this mission meanwhile. Open it again and repeat your change.'
    )
    const page = await loginAs(client.get(`${PATH}/${mission.id}`), admin)
    assert.include(page.text(), 'This mission is switched off')
    assert.include(page.text(), 'Come by on 3 days in a row')
  })

  test('one moves up and down in the list', async ({ client, assert }) => {
    const admin = await createAdmin()
    const second = await Mission.findByOrFail('code', '5_BETS')
    const move = (direction: string) =>
      loginAs(client.post(`${PATH}/${second.id}/move`).form({ direction }).redirects(0), admin)
    const response = await move('up')
    response.assertFlashMessage('success', 'The order has changed.')
    const first = await Mission.query().orderBy('position').orderBy('id').firstOrFail()
    assert.equal(first.code, '5_BETS')
    await move('down')
    await second.refresh()
    assert.equal(second.position, 2)
  })

  test('the page of a mission lists who is where, with links to the ledger', async ({ client, assert }) => {
    const [olena, petro, ivan] = [
      await world.customer({ firstName: 'Olena', lastName: null, searchName: 'olena' }),
      await world.customer({ firstName: 'Petro', lastName: null, searchName: 'petro' }),
      await world.customer({ firstName: 'Ivan', lastName: null, searchName: 'ivan' }),
    ]
    const market = await world.market()
    for (const [count, { id }] of [
      [5, olena],
      [5, petro],
      [2, ivan],
    ] as const)
      for (let each = 0; each < count; each++) await world.bet(market, id)
    const { transferId } = await claim(olena.id, '5_BETS')
    const { id } = await Mission.findByOrFail('code', '5_BETS')
    const admin = await createAdmin({ role: 'support' })
    const page = await loginAs(client.get(`${PATH}/${id}`), admin)
    const links = [`/admin/ledger/transfers/${transferId}"`, `/admin/customers/${petro.id}"`]
    for (const text of ['2 of 5', '5 of 5', ...links]) assert.include(page.text(), text)
    assert.notInclude(page.text(), `${PATH}/${id}/edit`)
    const transfer = await loginAs(client.get(`/admin/ledger/transfers/${transferId}`), admin)
    assert.include(transfer.text(), `${PATH}/${id}"`)
    const listed = async (qs: object) => {
      const lines = csvLines(await loginAs(client.get(`${PATH}/${id}`).qs({ ...qs, format: 'csv' }), admin)).slice(1)
      return lines.map((line) => line.split(',')[2])
    }
    assert.deepEqual(await listed({ state: 'started' }), ['Ivan'])
    assert.deepEqual(await listed({ state: 'completed' }), ['Petro'])
    assert.deepEqual(await listed({ state: 'claimed' }), ['Olena'])
    assert.deepEqual(await listed({ q: 'pet' }), ['Petro'])
    assert.deepEqual(await listed({ from: '2000-01-01' }), ['Olena'])
  })
})
