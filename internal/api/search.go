package api

import (
	"context"
	"time"

	"github.com/rung-app/rung/internal/tasks"
)

type searchInput struct {
	PageInput
	FilterInput
	TZ string `query:"tz" maxLength:"64" doc:"The IANA time zone in which days are read; without it that of your profile."`
}

// Found documents what a search answers.
type Found struct {
	List[tasks.SearchItem]
	Complete bool `json:"complete" doc:"False for a while after an upgrade, when older texts can't all be found yet."`
}

const searchDoc = `Every word of q must be found, the last one may be the beginning of one; case and accents do not count,
and nothing in q has another meaning than its words. Only the first 16 words count. Tasks whose keys are in q come first,
then tasks by how many of the words are in the title, then by those in the description, then comments; among equals open
tasks and what was changed last come first. At most 2,000 texts are weighed, those with all words in the title before
others, and the last written ones before older ones. The other parameters filter as in the list of tasks; a comment goes
by its task.`

func (h taskHandlers) search(ctx context.Context, in *searchInput) (*jsonOutput, error) {
	q := tasks.SearchQuery{Text: in.Q}
	in.Q = ""
	f, names := in.filter()
	q.Filter = f
	if in.TZ != "" {
		zone, err := time.LoadLocation(in.TZ)
		if err != nil || in.TZ == "Local" {
			return nil, errField("tz", "must be an IANA time zone such as Europe/Berlin")
		}
		q.Zone = zone
	}
	c, ws := caller(ctx)
	p, err := h.Tasks.Search(ctx, c, ws, q, in.Page.of())
	if err != nil {
		return nil, inPath(err, names)
	}
	callOf(ctx).setHead(p.Head.Epoch, p.Head.Seq)
	return jsonOf(p.JSON()), nil
}
