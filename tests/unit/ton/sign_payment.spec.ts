import { test } from '@japa/runner'
import { beginCell, Cell, comment, internal, loadMessage, SendMode } from '@ton/core'
import { mnemonicNew, mnemonicToPrivateKey, sign, signVerify } from '@ton/crypto'
import { WalletContractV5R1 } from '@ton/ton'
import { signPayment } from '#ton/sign_payment'
import { rawAddress, walletFacts } from '#ton/wallet_facts'
import { keysOf, walletOf } from '#ton/wallet_keys'

const DESTINATION = 'EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N'
const VALID_UNTIL = Date.UTC(2026, 5, 1, 12)

test.group('Signing a payment in TON', () => {
  const given = async () => mnemonicToPrivateKey(await mnemonicNew())

  test('is what the reference wallet makes of the same order', async ({ assert }) => {
    const keys = await given()
    const payload = comment('50 Telegram Stars').toBoc().toString('base64').replace(/=+$/, '')
    const payment = { destination: DESTINATION, amount: 123_456_789n, payload }
    const { boc, bodyHash } = await signPayment(keys, payment, { seqno: 7, validUntil: VALID_UNTIL })

    const message = loadMessage(Cell.fromBase64(boc).beginParse())
    const reference = WalletContractV5R1.create({
      workchain: 0,
      publicKey: keys.publicKey,
      walletId: { networkGlobalId: -239 },
    })
    const expected = reference.createTransfer({
      seqno: 7,
      secretKey: keys.secretKey,
      timeout: VALID_UNTIL / 1000,
      sendMode: SendMode.PAY_GAS_SEPARATELY,
      messages: [internal({ to: DESTINATION, value: 123_456_789n, bounce: true, body: comment('50 Telegram Stars') })],
    })
    assert.equal(message.body.hash().toString('hex'), expected.hash().toString('hex'))
    assert.equal(bodyHash, expected.hash().toString('hex'))
    assert.equal(message.info.dest?.toString(), reference.address.toString())
    assert.isNotOk(message.init)
  })

  test('the first message brings the code of the wallet', async ({ assert }) => {
    const keys = await given()
    const payment = { destination: DESTINATION, amount: 1n, payload: null }
    const { boc } = await signPayment(keys, payment, { seqno: 0, validUntil: VALID_UNTIL })
    const { init } = loadMessage(Cell.fromBase64(boc).beginParse())
    const wallet = await walletOf(keys.publicKey)
    assert.equal(init?.code?.hash().toString('hex'), wallet.init.code.hash().toString('hex'))
  })

  test('the signature is of these keys, and each seqno makes another message', async ({ assert }) => {
    const keys = await given()
    const payment = { destination: DESTINATION, amount: 5n, payload: null }
    const first = await signPayment(keys, payment, { seqno: 1, validUntil: VALID_UNTIL })
    const second = await signPayment(keys, payment, { seqno: 2, validUntil: VALID_UNTIL })
    assert.notEqual(first.bodyHash, second.bodyHash)

    const { body } = loadMessage(Cell.fromBase64(first.boc).beginParse())
    const bits = body.bits.length
    const slice = body.beginParse()
    const signed = beginCell().storeBits(slice.loadBits(bits - 512))
    const signature = slice.loadBuffer(64)
    for (let refs = body.refs.length; refs > 0; refs--) signed.storeRef(slice.loadRef())
    assert.isTrue(signVerify(signed.endCell().hash(), signature, keys.publicKey))
    assert.isFalse(signVerify(signed.endCell().hash(), sign(Buffer.alloc(32), keys.secretKey), keys.publicKey))
  })

  test('words of a wallet are known from others', async ({ assert }) => {
    const words = await mnemonicNew()
    const keys = await keysOf(words)
    assert.lengthOf(keys!.publicKey, 32)
    assert.isNull(await keysOf([...words.slice(1), 'abandon', 'abandon']))
    assert.isNull(await keysOf(words.slice(0, 12)))
    assert.isNull(await keysOf(Array.from({ length: 24 }, () => 'zoo')))
  })

  test('a wallet is described as TON Connect does, without a secret', async ({ assert }) => {
    const keys = await given()
    const facts = await walletFacts(keys.publicKey.toString('hex'))
    const wallet = await walletOf(keys.publicKey)
    assert.deepEqual([facts.address, facts.chain], [wallet.address.toRawString(), '-239'])
    const state = Cell.fromBase64(facts.walletStateInit)
    assert.equal(state.hash().toString('hex'), wallet.address.hash.toString('hex'))
    assert.notInclude(JSON.stringify(facts), keys.secretKey.toString('hex').slice(0, 64))
  })

  test('an address is compared however it is written', async ({ assert }) => {
    const raw = await rawAddress(DESTINATION)
    assert.match(raw!, /^0:[0-9a-f]{64}$/)
    assert.equal(await rawAddress(raw!), raw)
    assert.isNull(await rawAddress('nonsense'))
  })
})
