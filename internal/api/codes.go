package api

import (
	"strings"
)

// problemCode is a stable code of problems: what programs decide by.
type problemCode struct {
	code  string
	means string // half a sentence, for the document
}

// problemCodes are all that Rung answers with. A code stays what it is; new ones are added here.
func problemCodes() []problemCode {
	return []problemCode{
		{"account-disabled", "an administrator has shut the account out"},
		{"already-invited", "the address has an open invitation"},
		{"already-member", "somebody with the address is a member"},
		{"body-cut-off", "the body broke off"},
		{"body-too-deep", "the body is nested deeper than allowed"},
		{"body-too-slow", "the body did not arrive in time"},
		{"cross-origin", "another site's page asked"},
		{"duplicate-member", "an object in the body has a member twice"},
		{"email-taken", "there is an account with the address"},
		{"external-taken", "another thing has the external id"},
		{"file-too-large", "the file is larger than files may be"},
		{"forbidden", "the caller's role does not allow it"},
		{"history-gone", "that part of the history is not kept, or is of another epoch: take a snapshot"},
		{"id-taken", "the id belongs to something else, or to the same thing made by another request"},
		{"import-dry-run", "a dry run has made nothing that could be undone"},
		{"import-elsewhere", "the board was imported into a project that the caller can't see"},
		{"import-running", "an import is under way"},
		{"import-too-large", "the file is larger than Rung imports"},
		{"import-unreadable", "the file is not what it should be"},
		{"insufficient-scope", "the token lacks the scope, or is for certain workspaces only"},
		{"internal-error", "something went wrong in the server"},
		{"invalid", "errors says what is wrong with which fields"},
		{"invitation-required", "only people who were invited can register"},
		{"key-taken", "another project has or had the key"},
		{"last-administrator", "the installation needs an administrator"},
		{"last-owner", "a workspace needs an owner"},
		{"last-status", "a project needs a status"},
		{"link-used", "the link that was mailed is used up or too old"},
		{"mail-not-set-up", "the installation can't mail links"},
		{"malformed-address", "the path or the query can't be read as text, or is too long"},
		{"malformed-body", "the body is not JSON in UTF-8"},
		{"method-not-allowed", "the path does not have the method"},
		{"name-taken", "there is a label with the name"},
		{"no-such-route", "the API has no such path"},
		{"not-found", "it does not exist, or the caller may not see it"},
		{"number-out-of-range", "the body holds a number that is out of range"},
		{"own-account", "administrators can't change their own accounts there"},
		{"password-required", "send the password as well, or sign in again"},
		{"project-archived", "the project is archived"},
		{"quota-exceeded", "there are as many as there may be"},
		{"range-not-satisfiable", "the file has no such part"},
		{"relation-cycle", "two tasks would block each other"},
		{"session-ended", "the session or token has ended: sign in again"},
		{"session-required", "a personal access token can't do this"},
		{"setup-done", "the set-up address was used, or is not this installation's"},
		{"signup-closed", "nobody can register"},
		{"slug-taken", "another workspace has the slug"},
		{"sole-owner", "others work in a workspace that nobody else owns: workspaces says in which"},
		{"status-in-use", "there are tasks in the status: say with move_to where they go"},
		{"stream-behind", "the stream could not keep up: resume it"},
		{"taken", "something with the same name or id exists"},
		{"token-expired", "the access token has run out: refresh it"},
		{"token-invalid", "the token is not one"},
		{"too-large", "the body is larger than allowed, or the work more than is done at once"},
		{"too-many-relations", "the task has as many relations as it may have"},
		{"too-many-requests", "wait as long as Retry-After says"},
		{"unauthenticated", "no token was sent"},
		{"unavailable", "something that is needed can't work just now: try again"},
		{"unsupported-encoding", "the body has a Content-Encoding, and none is taken"},
		{"unsupported-media-type", "the body is of another type than is taken"},
		{"version-conflict", "it has been changed since the version that was named"},
		{"wrong-credentials", "the address or the password is wrong"},
	}
}

// describeCodes writes the codes down where a problem's code is described. They are an open list: a schema that named
// them and nothing else would turn a new one into an error in every generated client.
func describeCodes(schemas map[string]map[string]any) {
	properties, _ := schemas["Problem"]["properties"].(map[string]any)
	code, _ := properties["code"].(map[string]any)
	if code == nil {
		return
	}
	var text strings.Builder
	text.WriteString("What it is, for programs. A code never changes its meaning; clients must expect new ones.\n")
	var all []any
	for _, c := range problemCodes() {
		all = append(all, c.code)
		text.WriteString("\n- `" + c.code + "`: " + c.means)
	}
	code["description"] = text.String()
	code["x-extensible-enum"] = all
}
