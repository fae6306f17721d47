"""What can be done with taking part, roles, sites and sharing. One module a noun."""
