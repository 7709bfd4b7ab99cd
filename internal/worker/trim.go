package worker

import (
	"context"
	"time"

	"github.com/rung-app/rung/internal/audit"
)

// trimAtOnce is how many entries of a log are forgotten in one step.
const trimAtOnce = 500

// TrimAudit forgets a part of the audit entries that are older than kept, and reports whether there are more.
func TrimAudit(ctx context.Context, now time.Time, kept time.Duration, logs ...audit.Log) (more bool, err error) {
	for _, l := range logs {
		n, err := l.Trim(ctx, now.Add(-kept), trimAtOnce)
		if err != nil {
			return false, err
		}
		more = more || n == trimAtOnce
	}
	return more, nil
}
