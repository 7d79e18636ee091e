// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// USDT with the manners it has on Ethereum's mainnet: six decimals, transfers and approvals that answer nothing, an
/// allowance that must be zero before it is changed, a pause, a blacklist, a fee that may be switched on, and refusals
/// that give no reason. Anything but `mint` is named as Tether names it. For local chains and tests only.
contract Usdt {
    string public constant name = "Tether USD";
    string public constant symbol = "USDT";
    uint8 public constant decimals = 6;

    /// A fee above this can't be set, whatever the owner asks for.
    uint256 private constant MAX_BASIS_POINTS = 20;
    uint256 private constant MAX_FEE = 50;

    address public owner;
    bool public paused;
    uint256 public totalSupply;
    uint256 public basisPointsRate;
    uint256 public maximumFee;
    mapping(address account => uint256) public balanceOf;
    mapping(address account => mapping(address spender => uint256)) public allowance;
    mapping(address account => bool) public isBlackListed;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);
    event Issue(uint256 amount);
    event Pause();
    event Unpause();
    event AddedBlackList(address account);
    event RemovedBlackList(address account);
    event Params(uint256 feeBasisPoints, uint256 maxFee);

    modifier onlyOwner() {
        require(msg.sender == owner);
        _;
    }

    modifier whenNotPaused() {
        require(!paused);
        _;
    }

    constructor() {
        owner = msg.sender;
    }

    function transfer(address to, uint256 value) external whenNotPaused {
        _move(msg.sender, to, value);
    }

    /// An endless allowance stays endless.
    function transferFrom(address from, address to, uint256 value) external whenNotPaused {
        uint256 allowed = allowance[from][msg.sender];
        require(allowed >= value);
        if (allowed < type(uint256).max) allowance[from][msg.sender] = allowed - value;
        _move(from, to, value);
    }

    /// Works while paused. From one allowance to another only by way of zero.
    function approve(address spender, uint256 value) external {
        require(value == 0 || allowance[msg.sender][spender] == 0);
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
    }

    function mint(address to, uint256 value) external onlyOwner {
        balanceOf[to] += value;
        totalSupply += value;
        emit Issue(value);
        emit Transfer(address(0), to, value);
    }

    function pause() external onlyOwner whenNotPaused {
        paused = true;
        emit Pause();
    }

    function unpause() external onlyOwner {
        require(paused);
        paused = false;
        emit Unpause();
    }

    function addBlackList(address account) external onlyOwner {
        isBlackListed[account] = true;
        emit AddedBlackList(account);
    }

    function removeBlackList(address account) external onlyOwner {
        isBlackListed[account] = false;
        emit RemovedBlackList(account);
    }

    /// `maxFee` in whole USDT. The fee is taken from what arrives and goes to the owner.
    function setParams(uint256 feeBasisPoints, uint256 maxFee) external onlyOwner {
        require(feeBasisPoints < MAX_BASIS_POINTS);
        require(maxFee < MAX_FEE);
        basisPointsRate = feeBasisPoints;
        maximumFee = maxFee * 10 ** decimals;
        emit Params(basisPointsRate, maximumFee);
    }

    /// Only who gives is looked up on the blacklist: anybody can be given USDT.
    function _move(address from, address to, uint256 value) private {
        require(!isBlackListed[from]);
        require(balanceOf[from] >= value);
        uint256 fee = (value * basisPointsRate) / 10_000;
        if (fee > maximumFee) fee = maximumFee;
        balanceOf[from] -= value;
        balanceOf[to] += value - fee;
        emit Transfer(from, to, value - fee);
        if (fee > 0) {
            balanceOf[owner] += fee;
            emit Transfer(from, owner, fee);
        }
    }
}
