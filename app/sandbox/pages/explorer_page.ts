import { etherText, usdtText } from '#sandbox/evm/amounts'
import { findAddress, findTransaction, type FoundAddress, type FoundTransaction } from '#sandbox/evm/lookup'
import { addressLink } from '#sandbox/pages/chain_page'
import { html, type Html } from '#sandbox/pages/html'
import { badge, facts } from '#sandbox/pages/money'
import { page, type PageHandler } from '#sandbox/pages/route'

const transaction: PageHandler = async ({ world, path }) => ({
  title: 'Transaction',
  section: 'Chain',
  body: transactionCard(await findTransaction(world.evm.local, path.hash)),
})

function transactionCard({ transaction: tx, receipt, logs, call }: FoundTransaction): Html {
  const status = receipt ? (receipt.status === '0x1' ? 'done' : 'reverted') : 'pending'
  return html`<section class="card" aria-labelledby="tx-title">
    <h1 id="tx-title">Transaction ${badge(status)}</h1>
    ${facts([
      ['Hash', html`<code>${tx.hash}</code>`],
      ['Block', receipt ? String(Number(receipt.blockNumber)) : 'waits for one'],
      ['From', addressLink(tx.from)],
      tx.to !== null && ['To', addressLink(tx.to)],
      call !== null && ['Call', html`<code>${call}</code>`],
      ['Value', `${etherText(BigInt(tx.value))} ETH`],
      ['Nonce', String(Number(tx.nonce))],
      receipt !== null && ['Gas used', String(Number(receipt.gasUsed))],
    ])}
    ${
      logs.length > 0 &&
      html`<h2>Events</h2>
        <ul class="rows">
          ${logs.map(
            ({ contract, name, args }) =>
              html`<li class="row">
                <div class="row-main">
                  <strong>${name}</strong><span class="soft">${contract}</span>
                  <code class="address">${argumentText(args)}</code>
                </div>
              </li>`
          )}
        </ul>`
    }
  </section>`
}

function argumentText(args: Record<string, unknown>): string {
  return Object.entries(args)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(', ')
}

const address: PageHandler = async ({ world, path }) => ({
  title: 'Address',
  section: 'Chain',
  body: addressCard(await findAddress(world.evm.local, path.address)),
})

function addressCard(found: FoundAddress): Html {
  return html`<section class="card" aria-labelledby="address-title">
    <h1 id="address-title">${found.isContract ? 'Contract' : 'Address'}</h1>
    <code class="address">${found.address}</code>
    ${facts([
      ['USDT', usdtText(found.usdt)],
      ['ETH', etherText(found.wei)],
      ['Sent', `${found.nonce} transactions`],
    ])}
    <form class="actions" method="post" action="/chain/faucet">
      <input type="hidden" name="address" value="${found.address}" />
      <label>USDT <input class="input" name="usdt" inputmode="decimal" value="100" /></label>
      <label>ETH for gas <input class="input" name="gas" inputmode="decimal" value="0" /></label>
      <button class="button" type="submit">Send</button>
    </form>
    <h2>USDT in and out</h2>
    ${
      found.transfers.length > 0
        ? html`<ul class="rows">
            ${found.transfers.map((transfer) => transferRow(transfer, found.address))}
          </ul>`
        : html`<p class="soft">None yet.</p>`
    }
  </section>`
}

function transferRow(transfer: FoundAddress['transfers'][number], own: string): Html {
  const isIncoming = transfer.to === own
  return html`<li class="row">
    <div class="row-main">
      <strong>${isIncoming ? '+' : '−'}${usdtText(transfer.amount)} USDT</strong>
      <span>block ${transfer.block}, <a href="/chain/tx/${transfer.hash}">transaction</a></span>
      <code class="address">
        ${isIncoming ? 'from' : 'to'} ${addressLink(isIncoming ? transfer.from : transfer.to)}
      </code>
    </div>
  </li>`
}

export const explorerRoutes = [page('/chain/tx/:hash', transaction), page('/chain/address/:address', address)]
