// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IVrfConsumer, IVrfCoordinator, VrfExtraArgs} from "./IVrfCoordinator.sol";

/// A raffle in rounds. Everybody pays the same entrance fee in USDT, as often as they like; Chainlink's VRF v2.5 picks
/// one of the entries, and its player gets the whole pool.
///
/// Three rules keep a draw from hanging: entries are kept by round and never deleted, so that the callback costs the
/// same for ten of them and ten thousand; a prize that can't be paid waits to be claimed; a request that was not
/// answered within a day can be made again.
contract Raffle is IVrfConsumer {
    using SafeERC20 for IERC20;

    enum State {
        Open,
        Drawing
    }

    struct Round {
        uint64 openedAt;
        /// Paid in by its entries.
        uint256 pool;
        /// Of the last request for randomness.
        uint256 requestId;
        uint64 requestedAt;
        /// The entry with the number `randomWord % players` has won.
        uint256 randomWord;
        address winner;
    }

    uint16 private constant REQUEST_CONFIRMATIONS = 3;
    uint32 private constant NUM_WORDS = 1;
    uint256 private constant RETRY_AFTER = 1 days;

    IERC20 public immutable usdt;
    IVrfCoordinator public immutable coordinator;
    bytes32 public immutable keyHash;
    uint256 public immutable subscriptionId;
    uint32 public immutable callbackGasLimit;
    address public immutable owner;

    uint256 private entranceFee;
    uint256 private interval;
    bool public paused;
    State private state;
    uint256 private currentRound = 1;
    address private recentWinner;
    mapping(uint256 round => Round) private rounds;
    mapping(uint256 round => address[]) private players;
    /// Prizes that could not be paid.
    mapping(address winner => uint256) public claimable;

    event RaffleEnter(address indexed player);
    event RequestedRaffleWinner(uint256 indexed requestId);
    event WinnerPicked(address indexed winner, uint256 prizeAmount);
    event PrizeUnpaid(address indexed winner, uint256 prizeAmount);
    event PrizeClaimed(address indexed winner, uint256 prizeAmount);
    event EntranceFeeChanged(uint256 entranceFee);
    event IntervalChanged(uint256 interval);
    event PausedChanged(bool paused);

    error NotOwner();
    error NotCoordinator(address sender);
    error NotAContract(address account);
    error RaffleNotOpen();
    error RafflePaused();
    error RoundHasEntries(uint256 entries);
    error EntranceFeeNotReceived(uint256 received, uint256 expected);
    error UpkeepNotNeeded(uint256 pool, uint256 entries, State state);
    error NothingToRetry();
    error NothingToClaim();

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotOwner();
        _;
    }

    /// `entranceFee_` in millionths of USDT, `interval_` in seconds.
    constructor(
        address usdt_,
        address coordinator_,
        bytes32 keyHash_,
        uint256 subscriptionId_,
        uint32 callbackGasLimit_,
        uint256 entranceFee_,
        uint256 interval_
    ) {
        if (usdt_.code.length == 0) revert NotAContract(usdt_);
        if (coordinator_.code.length == 0) revert NotAContract(coordinator_);
        usdt = IERC20(usdt_);
        coordinator = IVrfCoordinator(coordinator_);
        keyHash = keyHash_;
        subscriptionId = subscriptionId_;
        callbackGasLimit = callbackGasLimit_;
        owner = msg.sender;
        entranceFee = entranceFee_;
        interval = interval_;
        rounds[1].openedAt = uint64(block.timestamp);
    }

    /// Takes the entrance fee, which must have been approved, from the caller.
    function enterRaffle() external {
        if (paused) revert RafflePaused();
        if (state != State.Open) revert RaffleNotOpen();
        uint256 fee = entranceFee;
        players[currentRound].push(msg.sender);
        rounds[currentRound].pool += fee;

        uint256 before = usdt.balanceOf(address(this));
        usdt.safeTransferFrom(msg.sender, address(this), fee);
        uint256 received = usdt.balanceOf(address(this)) - before;
        if (received != fee) revert EntranceFeeNotReceived(received, fee);
        emit RaffleEnter(msg.sender);
    }

    /// Whether the round is due to be drawn: it is open, has entries, and `interval` seconds have passed.
    function checkUpkeep(bytes memory) public view returns (bool upkeepNeeded, bytes memory performData) {
        bool passed = block.timestamp - rounds[currentRound].openedAt >= interval;
        upkeepNeeded = state == State.Open && passed && players[currentRound].length > 0;
        performData = "";
    }

    /// Closes the round and asks for randomness. Anybody may do that once it is due.
    function performUpkeep(bytes calldata) external {
        (bool upkeepNeeded,) = checkUpkeep("");
        if (!upkeepNeeded) {
            revert UpkeepNotNeeded(rounds[currentRound].pool, players[currentRound].length, state);
        }
        state = State.Drawing;
        _requestWinner();
    }

    /// Asks again when an answer is missing for a day: by then the coordinator has given the request up. An answer to
    /// the first request no longer counts.
    function retryDraw() external onlyOwner {
        bool late = block.timestamp - rounds[currentRound].requestedAt >= RETRY_AFTER;
        if (state != State.Drawing || !late) revert NothingToRetry();
        _requestWinner();
    }

    /// @inheritdoc IVrfConsumer
    function rawFulfillRandomWords(uint256 requestId, uint256[] calldata randomWords) external {
        if (msg.sender != address(coordinator)) revert NotCoordinator(msg.sender);
        Round storage round = rounds[currentRound];
        if (state != State.Drawing || round.requestId != requestId) return;

        address[] storage entries = players[currentRound];
        address winner = entries[randomWords[0] % entries.length];
        uint256 prize = round.pool;
        round.randomWord = randomWords[0];
        round.winner = winner;
        recentWinner = winner;
        state = State.Open;
        rounds[++currentRound].openedAt = uint64(block.timestamp);

        emit WinnerPicked(winner, prize);
        _pay(winner, prize);
    }

    /// Pays a prize that could not be paid when it was won. Anybody may ask for it; it goes to the winner.
    function claimPrize(address winner) external {
        uint256 prize = claimable[winner];
        if (prize == 0) revert NothingToClaim();
        claimable[winner] = 0;
        usdt.safeTransfer(winner, prize);
        emit PrizeClaimed(winner, prize);
    }

    /// Only between two rounds, so that all entries of one have paid the same.
    function setEntranceFee(uint256 entranceFee_) external onlyOwner {
        uint256 entries = players[currentRound].length;
        if (entries > 0) revert RoundHasEntries(entries);
        entranceFee = entranceFee_;
        emit EntranceFeeChanged(entranceFee_);
    }

    function setInterval(uint256 interval_) external onlyOwner {
        interval = interval_;
        emit IntervalChanged(interval_);
    }

    /// Stops entries. What has been entered is drawn all the same.
    function setPaused(bool paused_) external onlyOwner {
        paused = paused_;
        emit PausedChanged(paused_);
    }

    function getEntranceFee() external view returns (uint256) {
        return entranceFee;
    }

    function getInterval() external view returns (uint256) {
        return interval;
    }

    function getRaffleState() external view returns (State) {
        return state;
    }

    function getRecentWinner() external view returns (address) {
        return recentWinner;
    }

    function getLastTimeStamp() external view returns (uint256) {
        return rounds[currentRound].openedAt;
    }

    /// Entries of the current round, in their order: who entered twice is there twice.
    function getPlayers() external view returns (address[] memory) {
        return players[currentRound];
    }

    function getPlayer(uint256 index) external view returns (address) {
        return players[currentRound][index];
    }

    function getNumberOfPlayers() external view returns (uint256) {
        return players[currentRound].length;
    }

    /// Number of the current round, from 1.
    function getRound() external view returns (uint256) {
        return currentRound;
    }

    function getRoundInfo(uint256 round) external view returns (Round memory) {
        return rounds[round];
    }

    function getPlayersOf(uint256 round) external view returns (address[] memory) {
        return players[round];
    }

    function _requestWinner() private {
        Round storage round = rounds[currentRound];
        uint256 requestId = coordinator.requestRandomWords(
            IVrfCoordinator.RandomWordsRequest({
                keyHash: keyHash,
                subId: subscriptionId,
                requestConfirmations: REQUEST_CONFIRMATIONS,
                callbackGasLimit: callbackGasLimit,
                numWords: NUM_WORDS,
                extraArgs: VrfExtraArgs.encode(false)
            })
        );
        round.requestId = requestId;
        round.requestedAt = uint64(block.timestamp);
        emit RequestedRaffleWinner(requestId);
    }

    /// A push that fails (USDT may be paused) must not undo the draw.
    function _pay(address winner, uint256 prize) private {
        if (usdt.trySafeTransfer(winner, prize)) return;
        claimable[winner] += prize;
        emit PrizeUnpaid(winner, prize);
    }
}
