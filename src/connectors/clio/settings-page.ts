/** The client's settings page for Clio, with the keys that its users' settings are stored under already. */

export const SETTINGS_SECTION = "clioOptions";

const BILLING_CHOICE = [
  { id: "billable", name: "Billable" },
  { id: "non-billable", name: "Non-billable" },
];

export const CLIO_SETTINGS = {
  id: SETTINGS_SECTION,
  type: "section",
  name: "Clio options",
  items: [
    {
      id: "clioTimeEntriesEnabled",
      type: "boolean",
      name: "Time entries for calls",
      description: "Keep a time entry in Clio for every call that is logged",
      defaultValue: true,
    },
    {
      id: "clioDefaultNonBillableTick",
      type: "option",
      name: "Billing of calls",
      helper: "What the log form proposes for a call's time entry",
      defaultValue: "billable",
      options: BILLING_CHOICE,
    },
    {
      id: "smsTimeTrackingEnabled",
      type: "boolean",
      name: "Time entries for texts",
      description: "Keep a time entry in Clio for every day of a text conversation that is logged",
      defaultValue: false,
    },
    {
      id: "smsTimeTrackingDefaultBillable",
      type: "option",
      name: "Billing of texts",
      defaultValue: "billable",
      options: BILLING_CHOICE,
    },
    {
      id: "smsTimeTrackingMinimumDuration",
      type: "inputField",
      name: "Time for texts",
      helper: "Seconds that a day of a conversation is billed with, such as 360 for six minutes",
      placeholder: "30",
      defaultValue: "30",
    },
    {
      id: "clioSeeClosedMatters",
      type: "boolean",
      name: "Closed matters",
      description: "Offer closed matters in the log form as well",
      defaultValue: false,
    },
  ],
};
