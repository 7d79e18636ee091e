// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// What a consumer needs of Chainlink's VRF v2.5 coordinator: the names, types and selectors of the deployed ones.
interface IVrfCoordinator {
    struct RandomWordsRequest {
        bytes32 keyHash;
        uint256 subId;
        uint16 requestConfirmations;
        uint32 callbackGasLimit;
        uint32 numWords;
        bytes extraArgs;
    }

    function requestRandomWords(RandomWordsRequest calldata request) external returns (uint256 requestId);
}

/// What the coordinator calls with the randomness.
interface IVrfConsumer {
    function rawFulfillRandomWords(uint256 requestId, uint256[] calldata randomWords) external;
}

/// How a request says what it is paid with.
library VrfExtraArgs {
    bytes4 internal constant V1 = bytes4(keccak256("VRF ExtraArgsV1"));

    function encode(bool nativePayment) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(V1, nativePayment);
    }
}
