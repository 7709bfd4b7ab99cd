package load

import "github.com/google/uuid"

// TeamSize is how many people share a workspace.
const TeamSize = 20

// TeamTasks is how many tasks a workspace has before anybody works in it.
const TeamTasks = 40

// Team is the people of one workspace, and what they find there.
type Team struct {
	Number    int         `json:"number"` // from 0, the most popular first
	Workspace uuid.UUID   `json:"workspace"`
	Project   uuid.UUID   `json:"project"`
	Statuses  []uuid.UUID `json:"statuses"` // of the project, in their order
	People    []Person    `json:"people"`   // those who are present
}

// Person is somebody who is present.
type Person struct {
	ID uuid.UUID `json:"id"`
	// Refresh is the refresh token of a session that was opened for her. It is good for one use, as every refresh token.
	Refresh string `json:"refresh"`
}

// CountPeople counts who is present in all of the teams.
func CountPeople(teams []Team) (n int) {
	for _, t := range teams {
		n += len(t.People)
	}
	return n
}
