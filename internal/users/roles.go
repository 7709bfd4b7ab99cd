package users

import (
	"slices"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

// Role is what a member is in a workspace.
type Role string

// The roles, the greatest first.
const (
	Owner    Role = "owner"
	Admin    Role = "admin"
	Ordinary Role = "member"
	Guest    Role = "guest"
)

func roles() []Role { return []Role{Owner, Admin, Ordinary, Guest} }

// Action is something that not every member may do.
type Action string

// The actions of this domain. Reading the workspace and the list of its members is open to all members.
const (
	EditWorkspace   Action = "edit the workspace"
	DeleteWorkspace Action = "delete the workspace"
	SeeAddresses    Action = "see the members' e-mail addresses"
	ManageMembers   Action = "change roles and remove members"
	ManageOwners    Action = "make and unmake owners"
	Invite          Action = "invite and see who is invited"
)

// may is the whole table of permissions.
func (r Role) may(a Action) bool {
	switch a {
	case EditWorkspace, ManageMembers, Invite:
		return r == Owner || r == Admin
	case DeleteWorkspace:
		return r == Owner
	case ManageOwners:
		return r == Owner // an admin who could make owners would be one
	case SeeAddresses:
		return r == Owner || r == Admin || r == Ordinary // a guest is somebody from outside
	default:
		return false
	}
}

// permitted gives the live workspace and the actor's membership if she may do the action, as of the view. To a stranger
// the workspace does not exist.
func permitted(v View, actor uuid.UUID, a Action) (*Workspace, *Member, error) {
	w, me, err := present(v, actor)
	if err != nil {
		return nil, nil, err
	}
	return w, me, me.permit(a)
}

func (m *Member) permit(a Action) error {
	if !m.Role.may(a) {
		return fault.Forbidden("Your role in this workspace does not allow this.")
	}
	return nil
}

// present gives the live workspace and the actor's membership, whatever her role.
func present(v View, actor uuid.UUID) (*Workspace, *Member, error) {
	w, err := v.Workspace()
	if err != nil {
		return nil, nil, err
	}
	if !w.Live() {
		return nil, nil, fault.NotFound()
	}
	me, err := v.Member(actor)
	if err != nil {
		return nil, nil, err
	}
	if me == nil {
		return nil, nil, fault.NotFound()
	}
	return w, me, nil
}

// checkRole says what is wrong with a role, "" if nothing is.
func checkRole(r Role, allowed []Role) (why string) {
	if !slices.Contains(allowed, r) {
		why = "must be one of"
		for i, a := range allowed {
			if i > 0 {
				why += ","
			}
			why += " " + string(a)
		}
	}
	return why
}
