// Shows how far an upload has come, where script runs; without it the form is sent as any other.

