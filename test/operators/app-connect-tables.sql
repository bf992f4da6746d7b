-- The tables of an App Connect server as it makes them today: names and types, for PostgreSQL and SQLite alike.
CREATE TABLE "users" (
  "id" varchar(255) NOT NULL PRIMARY KEY,
  "rcAccountId" varchar(255),
  "hostname" varchar(255),
  "timezoneName" varchar(255),
  "timezoneOffset" varchar(255),
  "platform" varchar(255),
  "accessToken" varchar(2000),
  "refreshToken" varchar(2000),
  "tokenExpiry" timestamp with time zone,
  "platformAdditionalInfo" json,
  "hashedRcExtensionId" varchar(255),
  "userSettings" json,
  "createdAt" timestamp with time zone NOT NULL,
  "updatedAt" timestamp with time zone NOT NULL
);
CREATE TABLE "callLogs" (
  "id" varchar(255) NOT NULL,
  "sessionId" varchar(255) NOT NULL,
  "extensionNumber" varchar(255) DEFAULT '' NOT NULL,
  "hashedExtensionId" varchar(255) DEFAULT '' NOT NULL,
  "platform" varchar(255),
  "thirdPartyLogId" varchar(255),
  "userId" varchar(255),
  "contactId" varchar(255),
  "createdAt" timestamp with time zone NOT NULL,
  "updatedAt" timestamp with time zone NOT NULL,
  PRIMARY KEY ("id", "sessionId", "extensionNumber", "hashedExtensionId")
);
CREATE TABLE "messageLogs" (
  "id" varchar(255) NOT NULL PRIMARY KEY,
  "platform" varchar(255),
  "conversationId" varchar(255),
  "conversationLogId" varchar(255),
  "thirdPartyLogId" varchar(255),
  "userId" varchar(255),
  "createdAt" timestamp with time zone NOT NULL,
  "updatedAt" timestamp with time zone NOT NULL
);
CREATE TABLE "adminConfigs" (
  "id" varchar(255) NOT NULL PRIMARY KEY,
  "userSettings" json,
  "customAdapter" json,
  "adminAccessToken" varchar(512),
  "adminRefreshToken" varchar(512),
  "adminTokenExpiry" timestamp with time zone,
  "userMappings" json,
  "createdAt" timestamp with time zone NOT NULL,
  "updatedAt" timestamp with time zone NOT NULL
);
CREATE TABLE "accountData" (
  "rcAccountId" varchar(255) NOT NULL,
  "platformName" varchar(255) NOT NULL,
  "dataKey" varchar(255) NOT NULL,
  "data" json,
  "createdAt" timestamp with time zone NOT NULL,
  "updatedAt" timestamp with time zone NOT NULL,
  PRIMARY KEY ("rcAccountId", "platformName", "dataKey")
);
CREATE TABLE "callDownLists" (
  "id" varchar(255) NOT NULL PRIMARY KEY,
  "userId" varchar(255),
  "contactId" varchar(255),
  "contactType" varchar(255),
  "status" varchar(255),
  "scheduledAt" timestamp with time zone,
  "lastCallAt" timestamp with time zone,
  "createdAt" timestamp with time zone NOT NULL,
  "updatedAt" timestamp with time zone NOT NULL
);
