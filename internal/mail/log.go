package mail

import (
	"context"
	"log/slog"
)

// logSender tells the log who would have been written to. What was written, often a link that opens an account, is
// for the debug level alone.
type logSender struct{ logger *slog.Logger }

func (s logSender) Send(ctx context.Context, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	s.logger.InfoContext(ctx, "mail is not set up; it would have been sent", "to", m.To, "subject", m.Subject)
	s.logger.DebugContext(ctx, "mail body", "to", m.To, "body", m.Text)
	return nil
}
