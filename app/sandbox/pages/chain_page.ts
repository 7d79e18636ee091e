import { etherText, usdtText } from '#sandbox/evm/amounts'
import { overviewOf, type Overview } from '#sandbox/evm/overview'
import { shownAddresses, type ShownAddress } from '#sandbox/evm/shown_addresses'
import { html, type Html } from '#sandbox/pages/html'
import { badge, facts, moment } from '#sandbox/pages/money'
import { page, type PageHandler } from '#sandbox/pages/route'

const PACES = [
  [0, 'by hand only'],
  [500, 'every half second'],
  [1000, 'every second'],
  [2000, 'every 2 seconds'],
  [5000, 'every 5 seconds'],
  [12_000, 'every 12 seconds, as Ethereum'],
] as const

const show: PageHandler = async ({ world, params }) => {
  const { problem } = world.evm
  if (problem) return { title: 'Chain', section: 'Chain', body: without(problem) }
  const overview = await overviewOf(world.evm.local)
  return {
    title: 'Chain',
    section: 'Chain',
    body: html`<div class="columns">
        ${blocksCard(overview)} ${faucetCard(shownAddresses(world), params.text('sent'))}
      </div>
      <div class="tiles pairs">
        ${raffleCard(overview)} ${oracleCard(overview, world.clock.now())} ${reorgCard()} ${usdtCard(overview)}
      </div>
      ${latestCard(overview)}`,
  }
}

function without(problem: string): Html {
  return html`<section class="card narrow">
    <h1>No chain</h1>
    <p role="status">${problem}</p>
    <p class="soft">Everything else of the sandbox works; the product leaves wallets and the raffle off.</p>
  </section>`
}

function blocksCard({ blocks, blockMs, chainId, addresses }: Overview): Html {
  const newest = blocks[0]!
  const paces = PACES.map(
    ([ms, words]) => html`<option value="${ms}" ${ms === blockMs && html`selected`}>${words}</option>`
  )
  return html`<section class="card" aria-labelledby="chain-title">
    <h1 id="chain-title">Block ${newest.number}</h1>
    <p class="soft">
      ${moment(newest.minedAt)}. While nobody does anything, blocks come every 15 seconds, whatever the pace.
    </p>
    <form class="actions" method="post" action="/chain/pace">
      <label
        >Blocks
        <select class="input" name="blockMs">
          ${paces}
        </select></label
      >
      <button class="button ghost" type="submit">Set the pace</button>
    </form>
    <form class="actions" method="post" action="/chain/mine">
      <label>Blocks at once <input class="input" name="blocks" inputmode="numeric" value="1" required /></label>
      <button class="button ghost" type="submit">Mine</button>
    </form>
    ${facts([
      ['Chain', String(chainId)],
      ['USDT', addressLink(addresses.usdt)],
      ['Raffle', addressLink(addresses.raffle)],
      ['VRF', addressLink(addresses.vrf)],
    ])}
  </section>`
}

function faucetCard(shown: readonly ShownAddress[], sent: string): Html {
  return html`<section class="card" aria-labelledby="faucet-title">
    <h2 id="faucet-title">Faucet</h2>
    ${sent && html`<p role="status">On its way to ${addressLink(sent)}: mined with the next block.</p>`}
    <form class="actions" method="post" action="/chain/faucet">
      <label class="wide">Address <input class="input" name="address" required placeholder="0x…" /></label>
      <label>USDT <input class="input" name="usdt" inputmode="decimal" value="100" /></label>
      <label>ETH for gas <input class="input" name="gas" inputmode="decimal" value="0" /></label>
      <button class="button" type="submit">Send</button>
    </form>
    <h3 class="soft">Addresses the bot has shown</h3>
    ${
      shown.length > 0
        ? html`<ul class="rows">
            ${shown.slice(0, 12).map(shownRow)}
          </ul>`
        : html`<p class="soft">None yet: open the wallet in the <a href="/">chat</a>.</p>`
    }
  </section>`
}

function shownRow({ address, customer }: ShownAddress): Html {
  return html`<li class="row">
    <div class="row-main"><strong>${customer}</strong><code class="address">${addressLink(address)}</code></div>
    <form method="post" action="/chain/faucet">
      <input type="hidden" name="address" value="${address}" />
      <input type="hidden" name="usdt" value="100" />
      <button class="button" type="submit" aria-label="Send 100 USDT to ${customer}">100 USDT</button>
    </form>
  </li>`
}

function raffleCard({ raffle }: Overview): Html {
  return html`<section class="card" aria-labelledby="raffle-title">
    <h2 id="raffle-title">Raffle ${badge(raffle.paused ? 'paused' : raffle.status)}</h2>
    ${facts([
      ['Round', String(raffle.round)],
      ['Entries', String(raffle.players)],
      ['Pool', `${usdtText(raffle.pool)} USDT`],
      ['Entrance fee', `${usdtText(raffle.entranceFee)} USDT`],
      ['Open at least', `${raffle.interval} s`],
    ])}
    <form class="actions" method="post" action="/chain/stranger">
      <button class="button ghost" type="submit">Let a stranger enter</button>
    </form>
    <form class="actions" method="post" action="/chain/raffle/paused">
      <button class="button ghost" name="paused" value="${String(!raffle.paused)}" type="submit">
        ${raffle.paused ? 'Take entries again' : 'Pause entries'}
      </button>
    </form>
    <form class="actions" method="post" action="/chain/raffle/interval">
      <label
        >Seconds a round is open
        <input class="input" name="seconds" inputmode="numeric" value="${raffle.interval}" required
      /></label>
      <button class="button ghost" type="submit">Set</button>
    </form>
  </section>`
}

function oracleCard({ vrfMs, vrfPaused, requests, link }: Overview, now: number): Html {
  const rows = requests.map(
    ({ id, since, problem }) =>
      html`<li class="row">
        <div class="row-main">
          <strong>Waiting for ${Math.round((now - since) / 1000)} s</strong>
          ${problem && html`<span class="soft">${problem}</span>`}<code class="address">${id}</code>
        </div>
        <form method="post" action="/chain/requests/${id}/fulfil">
          <button class="button ghost" type="submit">Answer</button>
        </form>
      </li>`
  )
  return html`<section class="card" aria-labelledby="oracle-title">
    <h2 id="oracle-title">Oracle of randomness ${vrfPaused && badge('paused')}</h2>
    ${
      rows.length > 0
        ? html`<ul class="rows">
            ${rows}
          </ul>`
        : html`<p class="soft">No draw waits for randomness.</p>`
    }
    <form class="actions" method="post" action="/chain/oracle/paused">
      <button class="button ghost" name="paused" value="${String(!vrfPaused)}" type="submit">
        ${vrfPaused ? 'Let it answer again' : 'Let it stay silent'}
      </button>
    </form>
    <form class="actions" method="post" action="/chain/oracle/delay">
      <label>Seconds it takes <input class="input" name="seconds" inputmode="decimal" value="${vrfMs / 1000}" /></label>
      <button class="button ghost" type="submit">Set</button>
    </form>
    <form class="actions" method="post" action="/chain/oracle/link">
      <label
        >LINK of the subscription <input class="input" name="link" inputmode="decimal" value="${etherText(link)}"
      /></label>
      <button class="button ghost" type="submit">Set</button>
    </form>
  </section>`
}

function reorgCard(): Html {
  return html`<section class="card" aria-labelledby="reorg-title">
    <h2 id="reorg-title">Reorganisation</h2>
    <p class="soft">Replaces the last blocks by as many others.</p>
    <form class="actions" method="post" action="/chain/reorg">
      <label>Blocks <input class="input" name="depth" inputmode="numeric" value="2" required /></label>
      <button class="button ghost" name="again" value="true" type="submit">Mine what was in them again</button>
      <button class="button danger" name="again" value="false" type="submit">Lose what was in them</button>
    </form>
  </section>`
}

function usdtCard({ usdt }: Overview): Html {
  return html`<section class="card" aria-labelledby="usdt-title">
    <h2 id="usdt-title">USDT ${usdt.paused && badge('paused')}</h2>
    <form class="actions" method="post" action="/chain/usdt/paused">
      <button class="button ghost" name="paused" value="${String(!usdt.paused)}" type="submit">
        ${usdt.paused ? 'Let it move again' : 'Pause it'}
      </button>
    </form>
    <form class="actions" method="post" action="/chain/usdt/fee">
      <label
        >Fee, hundredths of a percent (0 to 19)
        <input class="input" name="basisPoints" inputmode="numeric" value="${usdt.feeBasisPoints}"
      /></label>
      <button class="button ghost" type="submit">Set</button>
    </form>
    <form class="actions" method="post" action="/chain/usdt/blacklist">
      <label class="wide">Address <input class="input" name="address" required placeholder="0x…" /></label>
      <button class="button ghost" name="listed" value="true" type="submit">Blacklist</button>
      <button class="button ghost" name="listed" value="false" type="submit">Take off</button>
    </form>
  </section>`
}

function latestCard({ blocks }: Overview): Html {
  return html`<section class="card" aria-labelledby="latest-title">
    <h2 id="latest-title">Latest blocks</h2>
    <ul class="rows">
      ${blocks.map(
        ({ number, minedAt, transactions }) =>
          html`<li class="row">
            <div class="row-main">
              <strong>${number}</strong><span>${moment(minedAt)}</span>
              ${transactions.map((hash) => html`<code class="address"><a href="/chain/tx/${hash}">${hash}</a></code>`)}
            </div>
          </li>`
      )}
    </ul>
  </section>`
}

export function addressLink(address: string): Html {
  return html`<a href="/chain/address/${address}">${address}</a>`
}

export const chainRoutes = [page('/chain', show)]
