"""Why an answer is as it is: what emptied it, what is missing, what is not stated at all."""
