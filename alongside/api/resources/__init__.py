"""The resources: each loads through `visible_to`, calls one verb and answers."""
