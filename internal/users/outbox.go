package users

import (
	"encoding/json"
	"time"

	"github.com/google/uuid"
)

// MemberChange tells what a member of a workspace is now.
type MemberChange struct {
	Workspace uuid.UUID `json:"workspace"`
	Number    int64     `json:"-"` // of the change in the workspace: 1, 2, 3 ...; one that is not above the last is old
	At        time.Time `json:"-"`
	User      uuid.UUID `json:"user"`
	By        uuid.UUID `json:"by"` // who caused it
	Name      string    `json:"name"`
	Role      Role      `json:"role"`               // "" if she is no member any more
	Projects  []Grant   `json:"projects,omitempty"` // to be granted, unless she has more already
}

// invitationMail says which invitation is to be mailed. It holds no secret: one is made when the mail is sent.
type invitationMail struct {
	Workspace  uuid.UUID `json:"workspace"`
	Invitation uuid.UUID `json:"invitation"`
}

func (s *Service) memberMessage(m Member, by uuid.UUID, projects []Grant) Message {
	return s.message(Lane{LaneMembers, m.Workspace}, MemberChange{
		Workspace: m.Workspace, User: m.User, By: by, Name: m.Name, Role: m.Role, Projects: projects,
	})
}

func (s *Service) mailMessage(i Invitation) Message {
	return s.message(Lane{LaneMail, i.ID}, invitationMail{Workspace: i.Workspace, Invitation: i.ID})
}

func (s *Service) message(lane Lane, about any) Message {
	doc, _ := json.Marshal(about) // ids and strings always encode
	return Message{Lane: lane, At: s.at(), Doc: doc}
}
