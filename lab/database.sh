#!/bin/bash
# Runs on the lab's database host as root, with the password on standard input: the PostgreSQL that a site brings along.
set -euo pipefail
read -r password
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq -y --no-install-recommends install postgresql
cd /etc/postgresql/*/main
echo "listen_addresses = '*'" >conf.d/lab.conf # the firewall decides who comes through
echo "host polls polls 10.77.0.0/24 scram-sha-256" >>pg_hba.conf
systemctl restart postgresql
su postgres -c 'psql --quiet --set ON_ERROR_STOP=1' <<SQL
CREATE ROLE polls LOGIN PASSWORD '$password';
CREATE DATABASE polls OWNER polls;
SQL
