import { test } from '@japa/runner'
import type Market from '#markets/models/market'
import MarketSettlement from '#markets/models/market_settlement'
import { settlementApprovalAbove } from '#markets/settings'
import { Settlements } from '#markets/settlement/settlements'
import { SettlingWorld } from '#tests/support/markets/settling_world'
import { problemAt } from '#tests/support/problem_at'
import { createAdmin, loginAs } from '#tests/support/staff'
import { HOUR } from '#tests/support/test_clock'

const MINUS = '\u2212'
const EVIDENCE = 'https://example.org/result'

test.group('Decisions about markets in the panel', (group) => {
  const world = new SettlingWorld()

  group.each.setup(async () => {
    await world.setup()
    return () => world.teardown()
  })

  const path = ({ reference }: Market) => `/admin/markets/${reference}`

  /** What the form of the page posts back of its preview. */
  const seenOn = (html: string) => html.match(/name="expected" value="([^"]+)"/)?.[1] ?? ''

  /** Over, with a bet of Olena's on YES and one of Petro's on NO. */
  async function givenBets() {
    const market = await world.market({ title: 'BTC above 120k?' })
    const olena = await world.customer({ firstName: 'Olena', lastName: null })
    await world.taken(olena, market, 'YES', 100)
    await world.taken(await world.customer({ firstName: 'Petro', lastName: null }), market, 'NO', 50)
    world.clock.advance(HOUR)
    return { market: await market.refresh(), olena }
  }

  async function settle(market: Market) {
    const { id } = await MarketSettlement.query().where('marketId', market.id).orderBy('id', 'desc').firstOrFail()
    const settlements = await world.make(Settlements)
    await settlements.run(id)
    await market.refresh()
  }

  test('both outcomes are shown before one is chosen, then who is paid what', async ({ client, assert }) => {
    const { market, olena } = await givenBets()
    const admin = await createAdmin({ role: 'finance' })
    const choice = await loginAs(client.get(`${path(market)}/resolution/create`), admin)
    for (const text of ['YES came true', '1 bet wins, 200.00 PRED', `${MINUS}50.00`, 'How did it end?']) {
      assert.include(choice.text(), text)
    }
    assert.notInclude(choice.text(), 'name="expected"')
    const page = await loginAs(client.get(`${path(market)}/resolution/create`).qs({ result: 'YES' }), admin)
    for (const text of ['200.00 PRED', '150.00 PRED staked', 'Resolve as YES', `/admin/customers/${olena.id}`]) {
      assert.include(page.text(), text)
    }
    assert.notInclude(page.text(), 'before its end')
    assert.notInclude(page.text(), 'second admin')
  })

  test('a market is resolved as previewed, and its page tells how far that is', async ({ client, assert }) => {
    const { market } = await givenBets()
    const admin = await createAdmin({ role: 'finance' })
    const preview = await loginAs(client.get(`${path(market)}/resolution/create`).qs({ result: 'YES' }), admin)
    const form = { result: 'YES', evidenceUrl: EVIDENCE, expected: seenOn(preview.text()) }
    const done = await loginAs(
      client
        .post(`${path(market)}/resolution`)
        .form(form)
        .redirects(0),
      admin
    )
    done.assertFlashMessage('success', 'It is decided: bets are being settled now.')
    const running = await loginAs(client.get(path(market)), admin)
    assert.include(running.text(), '0 of 2 are done')
    assert.notInclude(running.text(), 'resolution/create')

    await settle(market)
    assert.deepEqual([market.status, market.result], ['resolved', 'YES'])
    const page = await loginAs(client.get(path(market)), admin)
    for (const text of ['Resolved as YES', 'came true', EVIDENCE, 'reversal/create']) assert.include(page.text(), text)
    const again = await loginAs(client.get(`${path(market)}/resolution/create`).redirects(0), admin)
    assert.include(again.flashMessage('warning'), 'resolved already')
  })

  test('what is wrong with a resolution is told at its field')
    .with([
      { field: 'evidenceUrl', form: {}, text: 'Give a link that shows how it ended' },
      { field: 'evidenceUrl', form: { evidenceUrl: 'javascript:alert(1)' }, text: 'must be an address' },
      { field: 'note', form: { note: 'x'.repeat(1001) }, text: 'too long' },
    ])
    .run(async ({ client, assert }, { field, form, text }) => {
      const { market } = await givenBets()
      const posted = { result: 'NO', expected: 'whatever', ...form }
      const request = client
        .post(`${path(market)}/resolution`)
        .form(posted)
        .redirects(0)
      const response = await loginAs(request, await createAdmin())
      assert.include(problemAt(response, field), text)
      response.assertHeader('location', `${path(market)}/resolution/create?result=NO`)
      assert.lengthOf(await MarketSettlement.all(), 0)
    })

  test('before its end a market is resolved only when that is confirmed', async ({ client, assert }) => {
    const market = await world.market()
    await world.taken(await world.customer(), market, 'YES', 10)
    const admin = await createAdmin()
    const page = await loginAs(client.get(`${path(market)}/resolution/create`).qs({ result: 'YES' }), admin)
    assert.include(page.text(), 'Resolve it before its end')
    const form = { result: 'YES', evidenceUrl: EVIDENCE, expected: seenOn(page.text()) }
    const resolve = (more: object) =>
      loginAs(
        client
          .post(`${path(market)}/resolution`)
          .form({ ...form, ...more })
          .redirects(0),
        admin
      )
    assert.include(problemAt(await resolve({}), 'confirmEarly'), 'Confirm that you mean to resolve it early')
    const done = await resolve({ confirmEarly: 'on' })
    done.assertFlashMessage('success', 'It is decided: bets are being settled now.')
  })

  test('a preview that bets overtook is refused, and what was typed stays', async ({ client, assert }) => {
    const market = await world.market()
    await world.taken(await world.customer(), market, 'YES', 10)
    const admin = await createAdmin()
    const page = await loginAs(client.get(`${path(market)}/resolution/create`).qs({ result: 'YES' }), admin)
    await world.taken(await world.customer(), market, 'NO', 10)
    const form = { result: 'YES', evidenceUrl: EVIDENCE, confirmEarly: 'on', expected: seenOn(page.text()) }
    const response = await loginAs(
      client
        .post(`${path(market)}/resolution`)
        .form(form)
        .redirects(0),
      admin
    )
    assert.include(response.flashMessage('error'), 'The market has changed since you looked at the preview.')
    assert.equal(response.flashMessage('evidenceUrl'), EVIDENCE)
    assert.lengthOf(await MarketSettlement.all(), 0)
  })

  test('above the sum a second admin must agree, and everybody can see so', async ({ client, assert }) => {
    await world.set(settlementApprovalAbove, '150')
    const { market } = await givenBets()
    const admin = await createAdmin({ role: 'finance' })
    const page = await loginAs(client.get(`${path(market)}/resolution/create`).qs({ result: 'YES' }), admin)
    assert.include(page.text(), 'This moves more than 150.00 PRED: it waits until a second admin has agreed.')
    const form = { result: 'YES', evidenceUrl: EVIDENCE, expected: seenOn(page.text()) }
    const filed = await loginAs(
      client
        .post(`${path(market)}/resolution`)
        .form(form)
        .redirects(0),
      admin
    )
    assert.include(filed.flashMessage('success'), 'A second admin must agree')

    const waiting = await loginAs(client.get(path(market)), admin)
    assert.include(waiting.text(), `${admin.fullName} has resolved this market; a second admin must agree`)
    const { approvalId } = await MarketSettlement.firstOrFail()
    assert.include(waiting.text(), `/admin/approvals/${approvalId}"`)
    const request = await loginAs(client.get(`/admin/approvals/${approvalId}`), admin)
    for (const text of ['BTC above 120k?', '200.00', EVIDENCE, path(market)]) assert.include(request.text(), text)

    const list = await loginAs(client.get('/admin/approvals'), admin)
    assert.include(list.text(), 'Settlement of a market')
    const other = await createAdmin({ role: 'manager' })
    await loginAs(client.post(`/admin/approvals/${approvalId}/approval`).redirects(0), other)
    await settle(market)
    assert.equal(market.status, 'resolved')
    const done = await loginAs(client.get(path(market)), admin)
    assert.include(done.text(), `${admin.fullName}, agreed by ${other.fullName}`)
  })

  test('a cancelled market pays everybody back, for a reason', async ({ client, assert }) => {
    const { market } = await givenBets()
    const admin = await createAdmin({ role: 'finance' })
    const page = await loginAs(client.get(`${path(market)}/cancellation/create`), admin)
    for (const text of ['150.00 PRED', 'All 2 bets are paid back in full.']) assert.include(page.text(), text)
    const cancel = (note: string) => {
      const form = { note, expected: seenOn(page.text()) }
      return loginAs(
        client
          .post(`${path(market)}/cancellation`)
          .form(form)
          .redirects(0),
        admin
      )
    }
    assert.include(problemAt(await cancel(''), 'note'), 'say why')
    const done = await cancel('The match was called off')
    done.assertFlashMessage('success', 'It is decided: bets are being settled now.')
    await settle(market)
    assert.equal(market.status, 'cancelled')
    assert.deepEqual(await world.ledgerFaults(), [])
    const bets = await loginAs(client.get(`${path(market)}/bets`).qs({ status: 'refunded' }), admin)
    assert.include(bets.text(), '1-2 of 2')
  })

  test('a settlement is reversed after seeing who owes what', async ({ client, assert }) => {
    const { market } = await givenBets()
    await world.done(world.resolve(market, 'YES'))
    const admin = await createAdmin({ role: 'finance' })
    const page = await loginAs(client.get(`${path(market)}/reversal/create`), admin)
    for (const text of ['200.00 PRED', 'everybody still has it', 'Reverse the settlement']) {
      assert.include(page.text(), text)
    }
    const form = { note: 'The source was wrong', expected: seenOn(page.text()) }
    const done = await loginAs(
      client
        .post(`${path(market)}/reversal`)
        .form(form)
        .redirects(0),
      admin
    )
    done.assertFlashMessage('success', 'It is decided: bets are being settled now.')
    await settle(market)
    assert.equal(market.status, 'closed')
    const show = await loginAs(client.get(path(market)), admin)
    for (const text of ['Settlement reversed', 'reversed later', 'The source was wrong'])
      assert.include(show.text(), text)
  })

  test('without a settlement, or once its time is over, there is nothing to reverse', async ({ client, assert }) => {
    const { market } = await givenBets()
    const admin = await createAdmin()
    const open = () => loginAs(client.get(`${path(market)}/reversal/create`).redirects(0), admin)
    const early = await open()
    assert.include(early.flashMessage('warning'), 'no settlement of this market')
    await world.done(world.resolve(market, 'YES'))
    world.clock.advance(73 * HOUR)
    const late = await open()
    assert.include(late.flashMessage('warning'), 'within 72 hours only')
    const page = await loginAs(client.get(path(market)), admin)
    assert.notInclude(page.text(), 'reversal/create')
  })

  test('a draft is neither resolved nor cancelled', async ({ client, assert }) => {
    const market = await world.market({ status: 'draft' })
    for (const form of ['resolution', 'cancellation']) {
      const response = await loginAs(client.get(`${path(market)}/${form}/create`).redirects(0), await createAdmin())
      response.assertHeader('location', path(market))
      assert.include(response.flashMessage('warning'), 'This market is a draft')
    }
  })
})
