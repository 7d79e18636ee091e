import { test } from '@japa/runner'
import { Circuit, CircuitOpen } from '#system/circuits/circuit'

class Fault extends Error {}
class Refusal extends Error {}

const fails = (error: Error) => () => Promise.reject(error)

test.group('Circuit', () => {
  const given = () => new Circuit('somebody', (error) => error instanceof Fault)

  test('opens after five faults in a row, and asks nobody while it is open', async ({ assert }) => {
    const circuit = given()
    for (let count = 0; count < 5; count++) await assert.rejects(() => circuit.run(fails(new Fault())), Fault)
    assert.equal(circuit.state, 'open')
    let asked = 0
    await assert.rejects(() => circuit.run(async () => asked++), CircuitOpen)
    assert.equal(asked, 0)
  })

  test('a refusal is an answer, and a success forgets earlier faults', async ({ assert }) => {
    const circuit = given()
    for (let count = 0; count < 9; count++) await assert.rejects(() => circuit.run(fails(new Refusal())), Refusal)
    for (let count = 0; count < 4; count++) await assert.rejects(() => circuit.run(fails(new Fault())), Fault)
    assert.equal(await circuit.run(async () => 'fine'), 'fine')
    for (let count = 0; count < 4; count++) await assert.rejects(() => circuit.run(fails(new Fault())), Fault)
    assert.equal(circuit.state, 'closed')
  })
})
