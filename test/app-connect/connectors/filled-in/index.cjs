/** The same connector with a login form that administrators may fill in. */

module.exports = require("../today/index.cjs");
