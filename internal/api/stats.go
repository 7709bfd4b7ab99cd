package api

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/tasks"
)

type statsInput struct {
	WorkspaceInput
	Project []string `query:"project" maxItems:"200" doc:"Ids of projects, with commas between them; without any, all that you see and that are not archived."`
	Days    int      `query:"days" minimum:"1" maximum:"366" doc:"How many days to count one by one, the last of them until; 30 unless since is given."`
	Since   string   `query:"since" maxLength:"10" format:"date" doc:"The first of these days, at most 366 before the last."`
	Until   string   `query:"until" maxLength:"10" format:"date" doc:"The last of these days; today if it is not given."`
	ZoneInput
}

func (h taskHandlers) stats(ctx context.Context, in *statsInput) (*jsonOutput, error) {
	zone, err := in.zone()
	if err != nil {
		return nil, err
	}
	projects := make([]uuid.UUID, len(in.Project))
	for i, p := range in.Project {
		if projects[i], err = uuid.Parse(p); err != nil || len(p) != 36 {
			return nil, errField("project", "must be ids, with commas between them")
		}
	}
	c, ws := caller(ctx)
	s, err := h.Tasks.Stats(ctx, c, ws, tasks.StatsQuery{
		Projects: projects, Days: in.Days, Since: in.Since, Until: in.Until, Zone: zone,
	})
	if err != nil {
		return nil, err
	}
	callOf(ctx).setHead(s.Head.Epoch, s.Head.Seq)
	body, err := json.Marshal(s)
	return jsonOf(body), err
}
