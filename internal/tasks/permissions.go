package tasks

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// Roles in a workspace.
const (
	RoleOwner  = "owner"
	RoleAdmin  = "admin"
	RoleMember = "member"
	RoleGuest  = "guest"
)

// Roles in a project, the smaller first.
const (
	ProjectViewer    = "viewer"
	ProjectCommenter = "commenter"
	ProjectEditor    = "editor"
	ProjectAdmin     = "admin"
)

func projectRank(role string) int {
	return 1 + slices.Index([]string{ProjectViewer, ProjectCommenter, ProjectEditor, ProjectAdmin}, role)
}

// Action is something that a role may or may not do.
type Action string

// The actions of this domain.
const (
	ReadWorkspace   Action = "read the workspace"
	CreateProject   Action = "create a project"
	ReadProject     Action = "read a project"
	EditProject     Action = "edit a project"
	DeleteProject   Action = "delete a project"
	GrantProject    Action = "grant a project"
	EditTask        Action = "edit a task"
	PurgeTask       Action = "purge a task"
	WriteComment    Action = "write a comment"
	ModerateComment Action = "delete another's comment"
	AttachFile      Action = "attach a file"
	EditLabel       Action = "edit a label"
	KeepView        Action = "keep a view"
	ShareView       Action = "share a view"
	ModerateView    Action = "edit another's shared view"
	ImportTasks     Action = "import"
)

// rule says who may do an action: the workspace roles or, for what happens in a project, the least role there.
type rule struct {
	roles   []string
	project string
}

// ruleOf is the whole table of permissions. A project role comes from projectRole below.
func ruleOf(a Action) rule {
	switch a {
	case ReadWorkspace:
		return rule{roles: []string{RoleOwner, RoleAdmin, RoleMember, RoleGuest}}
	case CreateProject:
		return rule{roles: []string{RoleOwner, RoleAdmin, RoleMember}} // a guest was invited to something that exists
	case ReadProject:
		return rule{project: ProjectViewer}
	case EditProject, DeleteProject, GrantProject:
		return rule{project: ProjectAdmin} // its columns are everybody's ground: an editor moves cards, not columns
	case EditTask:
		return rule{project: ProjectEditor}
	case PurgeTask:
		return rule{project: ProjectAdmin} // what an editor deletes can be had back; this can't
	case WriteComment:
		return rule{project: ProjectCommenter}
	case ModerateComment:
		return rule{project: ProjectAdmin} // nobody edits another's words, but somebody must be able to remove them
	case AttachFile:
		return rule{project: ProjectCommenter} // what is said often needs to be shown; who edits the task may remove it
	case EditLabel:
		return rule{roles: []string{RoleOwner, RoleAdmin, RoleMember}} // labels are shared by all projects, a guest's too
	case KeepView:
		return rule{roles: []string{RoleOwner, RoleAdmin, RoleMember, RoleGuest}} // one's own, seen by nobody else
	case ShareView:
		return rule{roles: []string{RoleOwner, RoleAdmin, RoleMember}}
	case ModerateView:
		return rule{roles: []string{RoleOwner, RoleAdmin}}
	case ImportTasks:
		return rule{roles: []string{RoleOwner, RoleAdmin, RoleMember}} // makes projects, so whoever may do that; in others' names, so no guest
	default:
		return rule{}
	}
}

// Access is what one member may see and do, as of one point of the history.
type Access struct {
	User  uuid.UUID
	Role  string
	frame *frame

	audience string
	hidden   []uuid.UUID
	visible  []uuid.UUID
	limited  bool // only visible counts
}

// projectRole is the member's role in a live project, "" if she may not see it.
//
// Owners and admins are admins of every project, private ones too: somebody must answer for what is in the workspace,
// and a project whose last member has left must not be lost. Members edit open projects; a grant can make them more,
// never less. Guests have what they were granted.
func (a *Access) projectRole(id uuid.UUID) string {
	p := a.frame.projects[id]
	if p == nil {
		return ""
	}
	if a.Role == RoleOwner || a.Role == RoleAdmin {
		return ProjectAdmin
	}
	if a.Role != RoleMember && a.Role != RoleGuest {
		return ""
	}
	granted := a.frame.grants[id][a.User]
	if a.Role == RoleMember && p.Access == AccessWorkspace && projectRank(granted) < projectRank(ProjectEditor) {
		return ProjectEditor
	}
	return granted
}

// Can reports whether the action is allowed, in the project for actions that happen in one. What may not be seen does
// not exist; what may be seen and not done is forbidden.
func (a *Access) Can(action Action, project uuid.UUID) error {
	r := ruleOf(action)
	if r.project == "" {
		if !slices.Contains(r.roles, a.Role) {
			return fault.Forbidden("Your role in this workspace does not allow this.")
		}
		return nil
	}
	role := a.projectRole(project)
	if role == "" {
		return fault.NotFound()
	}
	if projectRank(role) < projectRank(r.project) {
		return fault.Forbidden("Your role in this project does not allow this.")
	}
	return nil
}

// Sees reports whether a live project is visible.
func (a *Access) Sees(project uuid.UUID) bool { return a.projectRole(project) != "" }

// Audience is the same for two members of a workspace who see the same things.
func (a *Access) Audience() string { return a.audience }
