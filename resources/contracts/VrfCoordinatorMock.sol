// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IVrfConsumer, IVrfCoordinator, VrfExtraArgs} from "./IVrfCoordinator.sol";

/// Chainlink's VRF v2.5 coordinator without the oracle: whoever likes fulfils a request, and the words follow from its
/// id, so that anybody can foretell them. Subscriptions, their cost, the gas limit of the callback and the events are
/// those of the real one. For local chains and tests only.
contract VrfCoordinatorMock is IVrfCoordinator {
    struct Subscription {
        uint96 balance;
        uint64 reqCount;
        address owner;
        address[] consumers;
    }

    struct Pending {
        uint256 subId;
        uint32 callbackGasLimit;
        uint32 numWords;
        address consumer;
        bool nativePayment;
    }

    /// In units of LINK with 18 decimals.
    uint96 public constant PRICE = 0.1 ether;
    uint32 public constant MAX_GAS_LIMIT = 2_500_000;
    uint32 public constant MAX_NUM_WORDS = 500;
    uint16 public constant MAX_REQUEST_CONFIRMATIONS = 200;

    mapping(uint256 subId => Subscription) private subscriptions;
    mapping(uint256 requestId => Pending) private requests;
    mapping(uint256 subId => mapping(address consumer => uint64)) private nonces;
    uint64 private subscriptionNonce;

    event SubscriptionCreated(uint256 indexed subId, address owner);
    event SubscriptionFunded(uint256 indexed subId, uint256 oldBalance, uint256 newBalance);
    event SubscriptionConsumerAdded(uint256 indexed subId, address consumer);
    event RandomWordsRequested(
        bytes32 indexed keyHash,
        uint256 requestId,
        uint256 preSeed,
        uint256 indexed subId,
        uint16 minimumRequestConfirmations,
        uint32 callbackGasLimit,
        uint32 numWords,
        bytes extraArgs,
        address indexed sender
    );
    event RandomWordsFulfilled(
        uint256 indexed requestId,
        uint256 outputSeed,
        uint256 indexed subId,
        uint96 payment,
        bool nativePayment,
        bool success,
        bool onlyPremium
    );

    error InvalidSubscription();
    error InvalidConsumer(uint256 subId, address consumer);
    error InvalidRequestConfirmations(uint16 have, uint16 max);
    error InvalidExtraArgsTag();
    error GasLimitTooBig(uint32 have, uint32 want);
    error NumWordsTooBig(uint32 have, uint32 want);
    error MustBeSubOwner(address owner);
    error InsufficientBalance();
    error NoCorrespondingRequest();
    error NotEnoughGas();

    modifier onlySubOwner(uint256 subId) {
        address owner = subscriptions[subId].owner;
        if (owner == address(0)) revert InvalidSubscription();
        if (msg.sender != owner) revert MustBeSubOwner(owner);
        _;
    }

    function createSubscription() external returns (uint256 subId) {
        subId = uint256(keccak256(abi.encode(msg.sender, address(this), ++subscriptionNonce)));
        subscriptions[subId].owner = msg.sender;
        emit SubscriptionCreated(subId, msg.sender);
    }

    function addConsumer(uint256 subId, address consumer) external onlySubOwner(subId) {
        if (nonces[subId][consumer] != 0) return;
        nonces[subId][consumer] = 1;
        subscriptions[subId].consumers.push(consumer);
        emit SubscriptionConsumerAdded(subId, consumer);
    }

    /// LINK appears from nowhere.
    function fundSubscription(uint256 subId, uint96 amount) external {
        Subscription storage subscription = subscriptions[subId];
        if (subscription.owner == address(0)) revert InvalidSubscription();
        uint96 before = subscription.balance;
        subscription.balance = before + amount;
        emit SubscriptionFunded(subId, before, subscription.balance);
    }

    /// As if it had been spent, or cancelled.
    function setSubscriptionBalance(uint256 subId, uint96 amount) external onlySubOwner(subId) {
        subscriptions[subId].balance = amount;
    }

    function getSubscription(uint256 subId)
        external
        view
        returns (uint96 balance, uint96 nativeBalance, uint64 reqCount, address subOwner, address[] memory consumers)
    {
        Subscription storage subscription = subscriptions[subId];
        if (subscription.owner == address(0)) revert InvalidSubscription();
        return (subscription.balance, 0, subscription.reqCount, subscription.owner, subscription.consumers);
    }

    /// @inheritdoc IVrfCoordinator
    function requestRandomWords(RandomWordsRequest calldata request) external returns (uint256 requestId) {
        if (subscriptions[request.subId].owner == address(0)) revert InvalidSubscription();
        uint64 nonce = nonces[request.subId][msg.sender];
        if (nonce == 0) revert InvalidConsumer(request.subId, msg.sender);
        if (request.requestConfirmations > MAX_REQUEST_CONFIRMATIONS) {
            revert InvalidRequestConfirmations(request.requestConfirmations, MAX_REQUEST_CONFIRMATIONS);
        }
        if (request.callbackGasLimit > MAX_GAS_LIMIT) revert GasLimitTooBig(request.callbackGasLimit, MAX_GAS_LIMIT);
        if (request.numWords > MAX_NUM_WORDS) revert NumWordsTooBig(request.numWords, MAX_NUM_WORDS);
        nonces[request.subId][msg.sender] = nonce + 1;

        uint256 preSeed = uint256(keccak256(abi.encode(request.keyHash, msg.sender, request.subId, nonce)));
        requestId = uint256(keccak256(abi.encode(request.keyHash, preSeed)));
        requests[requestId] = Pending({
            subId: request.subId,
            callbackGasLimit: request.callbackGasLimit,
            numWords: request.numWords,
            consumer: msg.sender,
            nativePayment: _nativePayment(request.extraArgs)
        });
        emit RandomWordsRequested(
            request.keyHash,
            requestId,
            preSeed,
            request.subId,
            request.requestConfirmations,
            request.callbackGasLimit,
            request.numWords,
            request.extraArgs,
            msg.sender
        );
    }

    function fulfillRandomWords(uint256 requestId) external {
        uint256[] memory words = new uint256[](requests[requestId].numWords);
        for (uint256 i = 0; i < words.length; ++i) words[i] = uint256(keccak256(abi.encode(requestId, i)));
        _fulfill(requestId, words);
    }

    /// With words of the caller's choice.
    function fulfillRandomWordsWithOverride(uint256 requestId, uint256[] calldata words) external {
        _fulfill(requestId, words);
    }

    function isPending(uint256 requestId) external view returns (bool) {
        return requests[requestId].consumer != address(0);
    }

    /// As the real one: a callback that fails ends the request all the same, and only the event tells.
    function _fulfill(uint256 requestId, uint256[] memory words) private {
        Pending memory request = requests[requestId];
        if (request.consumer == address(0)) revert NoCorrespondingRequest();
        Subscription storage subscription = subscriptions[request.subId];
        if (subscription.balance < PRICE) revert InsufficientBalance();
        delete requests[requestId];
        subscription.balance -= PRICE;
        ++subscription.reqCount;

        if ((gasleft() * 63) / 64 < request.callbackGasLimit) revert NotEnoughGas();
        (bool success,) = request.consumer.call{gas: request.callbackGasLimit}(
            abi.encodeCall(IVrfConsumer.rawFulfillRandomWords, (requestId, words))
        );
        emit RandomWordsFulfilled(requestId, requestId, request.subId, PRICE, request.nativePayment, success, false);
    }

    /// No arguments mean a payment in LINK.
    function _nativePayment(bytes calldata extraArgs) private pure returns (bool) {
        if (extraArgs.length == 0) return false;
        if (extraArgs.length < 4 || bytes4(extraArgs[:4]) != VrfExtraArgs.V1) revert InvalidExtraArgsTag();
        return abi.decode(extraArgs[4:], (bool));
    }
}
